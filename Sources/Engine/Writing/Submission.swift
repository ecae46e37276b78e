import Clinic
import Schema

/// Who sends a command: somebody at a door, or a part of the daemon that needs no introduction.
public enum Sender: Sendable {
    case door(Credentials)
    case trusted(Caller, Role.Value)
}

/// A command on its way to the writer.
public struct Submission: Sendable {
    public var sender: Sender
    public var command: any Command
    public var key: IdempotencyKey
    public var purpose: Purpose.Value
    /// Position of the first event of the chain of commands this belongs to.
    public var correlation: UInt64?
    public var causation: UInt64?
    /// The row of an imported sheet that it comes from.
    public var source: Source?

    public init(
        sender: Sender, command: any Command, key: IdempotencyKey, purpose: Purpose.Value = .operations,
        correlation: UInt64? = nil, causation: UInt64? = nil, source: Source? = nil
    ) {
        self.source = source
        self.sender = sender
        self.command = command
        self.key = key
        self.purpose = purpose
        self.correlation = correlation
        self.causation = causation
    }
}

/// What a command came to.
public typealias Outcome = Result<Reply, Refusal>

/// What the writer does, one after another.
enum WorkItem: Sendable {
    case command(Submission, @Sendable (Outcome) -> Void)
    case look(Look, @Sendable (Result<Void, Refusal>) -> Void)
    case denial(Denial, @Sendable () -> Void)
    /// An event of the daemon's own; answered with its position.
    case event(Draft, Caller, @Sendable (Result<UInt64, Refusal>) -> Void)
    /// Something to be done on the writer's thread between batches.
    case aside(@Sendable (borrowing ClinicState) -> Void)

    var isAside: Bool { if case .aside = self { true } else { false } }

    /// Tells whoever waits for it that it was not done.
    func refuse(_ refusal: Refusal) {
        switch self {
        case .command(_, let answer): answer(.failure(refusal))
        case .look(_, let answer): answer(.failure(refusal))
        case .denial(_, let done): done()
        case .event(_, _, let answer): answer(.failure(refusal))
        case .aside: break
        }
    }
}
