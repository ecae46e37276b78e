import Clinic
import Engine
import Schema

/// Where the cast of the large clinic speaks to the engine, one after another, everybody with their own token.
struct LargeStage {
    let writer: BulkWriter
    let cast: LargeCast
    /// The user who makes the clinic, and becomes its owner.
    let uid: UInt32
    /// By number in the cast.
    var staff: [UInt64]
    private(set) var secrets: [Member: Secret] = [:]
    private var hashes: [[UInt8]?]
    private var keys: SeededRandom
    /// Milliseconds UTC.
    private(set) var nowMs: Int64
    private(set) var commands = 0
    /// Commands that were refused, by rule or problem.
    private(set) var refusals: [String: Int] = [:]

    init(writer: BulkWriter, cast: LargeCast, seed: UInt64, uid: UInt32, nowMs: Int64) {
        self.writer = writer
        self.cast = cast
        self.uid = uid
        self.nowMs = nowMs
        staff = Array(repeating: 0, count: cast.members.count)
        hashes = Array(repeating: nil, count: cast.members.count)
        // Not the stream that decides what happens, so that one more command shifts nothing else.
        keys = SeededRandom(seed: seed ^ 0x6B65_7973)
    }

    mutating func advance(toMs: Int64) {
        precondition(toMs >= nowMs, "time moves forward only")
        nowMs = toMs
    }

    mutating func give(_ secret: Secret, to member: Int) {
        secrets[cast.members[member]] = secret
        hashes[member] = secret.sha256
    }

    private func credentials(_ member: Int) -> Credentials {
        Credentials(doorKind: .socket, uid: uid, tokenSHA256: hashes[member])
    }

    /// Sends one command under an id like those of `daybook`: ordered by time (RFC 9562, version 7).
    mutating func send(_ member: Int, _ command: any Command) throws -> Outcome {
        let random = keys.next()
        let key = IdempotencyKey(
            high: UInt64(nowMs) << 16 | 0x7000 | random >> 52, low: 1 << 63 | keys.next() >> 2)
        let outcome = try writer.send(
            Submission(sender: .door(credentials(member)), command: command, key: key), atMs: nowMs)
        commands += 1
        if case .failure(let refusal) = outcome { refusals[refusal.name, default: 0] += 1 }
        return outcome
    }

    /// Sends one command that must succeed.
    @discardableResult
    mutating func must(_ member: Int, _ command: any Command) throws -> Reply { try send(member, command).get() }

    func look(
        _ member: Int, asking query: String, _ permission: Permission, at category: Category.Value, of people: [UInt64],
        purpose: Purpose.Value = .treatment
    ) throws {
        try writer.look(
            credentials(member), asking: query, permission, at: category, of: people, purpose: purpose, atMs: nowMs)
    }
}

extension Refusal {
    /// The rule's number, or what the problem is called.
    var name: String {
        switch kind {
        case .rule(let number): number
        case .problem(let name): name
        }
    }
}
