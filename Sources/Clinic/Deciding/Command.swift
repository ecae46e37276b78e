import Schema
import SwiftProtobuf

/// Something that can be asked of the clinic, and the rules by which it is granted.
public protocol Command: SwiftProtobuf.Message, Sendable {
    /// What one must be allowed to do.
    static var permission: Permission { get }

    /// Whom it is about, so that the caller's relation to them can be asked.
    func target(in state: borrowing ClinicState) throws -> Target

    /// The events it leads to, or a `Refusal`. Pure: a function of its arguments alone. Any other error means that the
    /// state is damaged.
    func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft]
}

extension Command {
    public static var name: String { requestName }

    public func target(in state: borrowing ClinicState) throws -> Target { Target() }
}

/// A command that decides step by step, each step on the state that the one before has left.
///
/// When a step is refused, nothing of the command happens.
public protocol CompoundCommand: Command {
    /// The events of step `index`, or nil when there are no more steps. Step 0 is `decide`.
    func decide(step index: Int, _ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft]?
}

/// The circumstances of a command.
public struct Asked: Sendable {
    public var caller: Caller
    /// The role that permits it.
    public var role: Role.Value
    /// Milliseconds UTC.
    public var nowMs: Int64
    /// The position that the first event will get.
    public var next: UInt64
    /// Version of the time zone data in use.
    public var tzdata: String
    /// Clients on file who may be the person in question, found outside the state.
    public var possibleDuplicates: [UInt64]
    /// Whether the caller may know who a client is.
    public var knows: @Sendable (_ client: UInt64) -> Bool = { _ in true }
    /// Of the draft that the command asks for.
    public var draft = DraftFacts()
    /// The row of an imported sheet that it comes from.
    public var source: Source?
    /// The clock is a generator's own: nothing that happens is real.
    public var isSimulated: Bool

    public init(
        caller: Caller, role: Role.Value, nowMs: Int64, next: UInt64, tzdata: String,
        possibleDuplicates: [UInt64] = [], isSimulated: Bool = false, source: Source? = nil
    ) {
        self.source = source
        self.isSimulated = isSimulated
        self.caller = caller
        self.role = role
        self.nowMs = nowMs
        self.next = next
        self.tzdata = tzdata
        self.possibleDuplicates = possibleDuplicates
    }

    /// An import is exempt from the grid, from availability, look-back, check-in windows and consents.
    public var isImport: Bool { caller.kind == .import }
}
