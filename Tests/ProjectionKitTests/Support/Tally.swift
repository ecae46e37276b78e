import Foundation
import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf
import Synchronization
import TestKit

/// The simplest read model whose rows tell in which order records came: for each member of staff a number that every
/// role given to them changes, and how many records there were.
struct Tally<Edition: TallyEdition>: Projector {
    static var name: String { "Tally" }
    static var version: UInt64 { Edition.version }

    let numbers: Table<UInt64, IdState>
    let count: Table<UInt64, IdState>

    init(_ tables: borrowing TableOpener) throws {
        numbers = try tables.table("numbers")
        count = try tables.table("count")
    }

    func project(_ recorded: Recorded, into view: ViewWriter) throws {
        guard case .staff(.roleAssigned(let event)) = recorded.event else { return }
        try Edition.meet(recorded)
        let old = try view.get(numbers, event.staff)?.id ?? 0
        try view.put(numbers, event.staff, .with { $0.id = old &* 31 &+ recorded.position + Edition.version })
        let before = try view.get(count, 0)?.id ?? 0
        try view.put(count, 0, .with { $0.id = before + 1 })
    }
}

/// One edition of the projector's code.
protocol TallyEdition: Sendable {
    static var version: UInt64 { get }
    /// Called with each record before it is folded in.
    static func meet(_ recorded: Recorded) throws
}

extension TallyEdition {
    static func meet(_ recorded: Recorded) throws {}
}

enum First: TallyEdition { static let version: UInt64 = 1 }
enum Second: TallyEdition { static let version: UInt64 = 2 }

/// An edition that fails at some members of staff; each test has its own, as tests run beside each other.
enum Awkward: TallyEdition {
    static let version: UInt64 = 1
    struct Stumbled: Error {}

    private static let traps = Mutex<[UInt64: @Sendable (Recorded) throws -> Void]>([:])

    /// At records of this member of staff `body` is called; nil ends that.
    static func trap(_ staff: UInt64, _ body: (@Sendable (Recorded) throws -> Void)?) {
        traps.withLock { $0[staff] = body }
    }

    static func meet(_ recorded: Recorded) throws {
        guard case .staff(.roleAssigned(let event)) = recorded.event else { return }
        let trap = traps.withLock { $0[event.staff] }
        try trap?(recorded)
    }
}

/// A later edition of the awkward one.
enum AwkwardSecond: TallyEdition {
    static let version: UInt64 = 2
    static func meet(_ recorded: Recorded) throws { try Awkward.meet(recorded) }
}

/// Roles given to these members of staff, in this order.
func given(_ staff: [UInt64]) -> [Recorded] {
    recorded(
        staff.map { member in
            let event = RoleAssigned.with {
                $0.staff = member
                $0.role = .therapist
            }
            return (.staff(.roleAssigned(event)), [])
        })
}

/// As many roles for a few members of staff, in an order that follows from the count alone.
func someRoles(_ count: Int) -> [Recorded] { given((0..<count).map { UInt64(($0 * $0 + 3) % 11) }) }

extension View {
    /// Follows to a position, and answers the digest there.
    ///
    /// Sooner than a follower that missed its call would look by itself, after a minute.
    func settled(at position: UInt64) throws -> String {
        guard case .reached = reach(position, timeout: .seconds(40)) else { throw NeverReached() }
        let found = try digest()
        guard found.position == position else { throw NeverReached() }
        return found.digest
    }

    /// Waits until it has stopped, and answers where and why.
    func whereStopped() throws -> (at: UInt64, reason: String) {
        guard case .stopped(let at, let reason) = reach(.max, timeout: .seconds(60)) else { throw NeverReached() }
        return (at, reason)
    }
}

struct NeverReached: Error {}

/// The generations of the tally that are there, by number.
func generations(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.child("views/Tally"))
        .filter { UInt64($0) != nil }.sorted()
}
