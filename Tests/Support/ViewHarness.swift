import Foundation
import LMDBKit
import ProjectionKit
import Schema

/// One read model over a real LMDB in a temporary folder, fed with events as the log would have them.
public final class ViewHarness<View: Projector> {
    public let view: View
    private let folder: TemporaryFolder
    private let environment: Environment
    public private(set) var next: UInt64 = 0
    /// Recorded time of the next event, milliseconds UTC; goes up by a second with each.
    public var nowMs: Int64 = 1_767_225_600_000
    /// Who acts.
    public var actor: UInt64 = 1

    public init(_ type: View.Type = View.self) throws {
        folder = try TemporaryFolder()
        environment = try Environment(path: folder.path, options: .init(mapSizeBytes: 1 << 30, isUnsynced: true))
        let opener = TableOpener(try environment.beginWrite())
        view = try View(opener)
        try opener.commit()
    }

    /// Folds one event in and answers its position, which is the id of what it founds.
    @discardableResult
    public func record(
        _ event: AnyEvent, about subjects: [Subject] = [], by role: Role.Value = .frontDesk
    ) throws -> UInt64 {
        var header = Header()
        header.recordedAt = nowMs
        header.effectiveAt = nowMs
        header.count = 1
        header.actor.kind = .staff
        header.actor.id = actor
        header.role = role
        header.door.kind = .socket
        header.door.uid = 1000
        header.subjects = subjects
        return try record(event, header: header)
    }

    @discardableResult
    public func record(_ event: AnyEvent, header: Header) throws -> UInt64 {
        let position = next
        let message = event.message
        let recorded = Recorded(
            position: position, header: RecordHeader(header), type: type(of: message).type, event: event)
        let writer = ViewWriter(try environment.beginWrite())
        try view.project(recorded, into: writer)
        try writer.commit()
        next += 1
        nowMs += 1_000
        return position
    }

    /// Folds a record of a log in as it is.
    public func take(_ recorded: Recorded) throws {
        let writer = ViewWriter(try environment.beginWrite())
        try view.project(recorded, into: writer)
        try writer.commit()
        next = recorded.position + 1
    }

    /// Looks at the rows.
    public func read<Result>(_ body: (View, borrowing ReadTransaction) throws -> Result) throws -> Result {
        try environment.read { try body(view, $0) }
    }

    /// Changes rows as no record would.
    public func change(_ body: (View, ViewWriter) throws -> Void) throws {
        let writer = ViewWriter(try environment.beginWrite())
        try body(view, writer)
        try writer.commit()
    }

    /// Asks, as member of staff `caller`, who may do whatever `permits` says.
    public func ask<Q: Query>(
        _ query: Q, as caller: UInt64 = 1,
        permits: @escaping @Sendable (Permission, Target) -> Bool = { _, _ in true }
    ) throws -> Q.Answer where Q.View == View {
        let question = Question(caller: caller, nowMs: nowMs, permits: permits)
        return try environment.read { try query.answer(from: view, in: $0, question) }
    }
}

/// A sealed field that no key opens: as projectors see them.
public func sealedField(_ byte: UInt8 = 7) -> Sealed {
    var sealed = Sealed()
    sealed.keyID = Data(repeating: byte, count: 16)
    sealed.box = Data(repeating: byte, count: 92)
    sealed.commitment = Data(repeating: byte, count: 32)
    return sealed
}
