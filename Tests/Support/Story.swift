import Clinic
import LMDBKit
import Schema
import SwiftProtobuf
import Timetable

/// A clinic over a real LMDB in a temporary folder, to which commands are put as the writer would put them: permission,
/// decision, encoding, evolution. Only the boxes are of glass, see `Sealed.glass`.
///
/// It belongs to the thread that made it, as a test that is not asynchronous does.
public final class Story {
    private let folder: TemporaryFolder
    let state: ClinicState
    /// Milliseconds UTC; stands still until told otherwise. Begins on Monday, 5 January 2026, 10:00 in New York.
    public var nowMs: Int64 = 1_767_625_200_000
    public internal(set) var next: UInt64 = 0
    /// Every record so far.
    public internal(set) var log: [Recorded] = []
    public internal(set) var access = AccessTable()
    /// What the name index would answer to the next commands that ask.
    public var possibleDuplicates: [UInt64] = []
    /// What editors have saved by themselves, by note.
    public internal(set) var scratches: [UInt64: ScratchDraft] = [:]
    public let isSimulated: Bool

    /// An empty log.
    ///
    /// - `isSimulated`: the clock is a generator's own, and so a practice begun on it says `simulated`.
    public init(empty isSimulated: Bool) throws {
        folder = try TemporaryFolder()
        self.isSimulated = isSimulated
        let options = Environment.Options(mapSizeBytes: 1 << 30, isUnsynced: true)
        state = try ClinicState(in: try Environment(path: folder.path, options: options))
    }

    public func withState<Result>(_ body: (borrowing ClinicState) throws -> Result) rethrows -> Result {
        try body(state)
    }

    /// Something happened, whoever was allowed to do it. Answers its position.
    @discardableResult
    public func given(
        _ event: some Event, about subjects: [Subject] = [], by actor: UInt64 = 1, role: Role.Value = .owner
    ) throws -> UInt64 {
        try given(Draft(event, about: subjects), by: actor, role: role)
    }

    /// As above, with private texts.
    @discardableResult
    public func given(_ draft: Draft, by actor: UInt64 = 1, role: Role.Value = .owner) throws -> UInt64 {
        let caller = Caller(kind: .staff, staff: actor, roles: [role], door: Self.door(of: actor))
        return try record([draft], Seat(caller: caller, role: role))[0].position
    }

    /// A command that is sure to be granted. Answers the id of what it founds or changes.
    @discardableResult
    public func given(_ command: any Command, by staff: UInt64) throws -> UInt64 {
        let outcome = try when(command, by: staff)
        if let refusal = outcome.refusal { throw refusal }
        return outcome.reply.id
    }

    /// A command of a member of staff, over the socket.
    public func when(_ command: any Command, by staff: UInt64) throws -> StoryOutcome {
        try when(command, by: caller(staff))
    }

    /// A command of anyone. What is not a refusal is thrown, since it means a damaged state.
    public func when(_ command: any Command, by caller: Caller) throws -> StoryOutcome {
        do {
            let role = try role(of: command, caller)
            var asked = Asked(
                caller: caller, role: role, nowMs: nowMs, next: next, tzdata: Zone.dataVersion,
                isSimulated: isSimulated)
            if caller.kind == .staff {
                let (access, nowMs) = (access, nowMs)
                asked.knows = {
                    access.role(
                        permitting: .viewDemographics, to: caller, about: Target(client: $0), nowMs: nowMs) != nil
                }
            }
            if command is any AsksForDuplicates { asked.possibleDuplicates = possibleDuplicates }
            if let asking = command as? any AsksForDraft { asked.draft = try draftFacts(asking) }
            if let keeping = command as? any KeepsScratch, let draft = try keeping.scratch(state, asked) {
                scratches[draft.note] = draft
                return StoryOutcome(kept: draft)
            }
            return StoryOutcome(recorded: try record(try drafts(of: command, asked), Seat(caller: caller, role: role)))
        } catch let refusal as Refusal {
            return StoryOutcome(refusal: refusal)
        }
    }

    /// Whoever the member of staff now is.
    public func caller(_ staff: UInt64) -> Caller {
        Caller(kind: .staff, staff: staff, roles: access.roles(of: staff, atMs: nowMs), door: Self.door(of: staff))
    }

    /// Somebody who comes by a token instead of a linked user.
    public func caller(_ staff: UInt64, token: UInt64) -> Caller {
        var caller = caller(staff)
        caller.door.token = token
        return caller
    }

    private static func door(of staff: UInt64) -> Door {
        var door = Door()
        door.kind = .socket
        door.uid = 1_000 + UInt32(staff)
        return door
    }

    private func role(of command: any Command, _ caller: Caller) throws -> Role.Value {
        let isBeginning = command is InitialisePractice && next == 0
        if isBeginning || command is CompleteEnrolment || caller.kind != .staff {
            return caller.roles.first ?? .unspecified
        }
        return try access.requireRole(
            permitting: type(of: command).permission, to: caller, about: try command.target(in: state), nowMs: nowMs)
    }
}
