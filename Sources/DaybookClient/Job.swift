import Schema

/// A long task of the daemon, as it stood when it was asked about.
public struct Job: Sendable {
    public enum State: String, Sendable {
        case waiting, running, done, failed, cancelled

        public var hasEnded: Bool { self != .waiting && self != .running }
    }

    public var id: UInt64
    public var kind: String
    public var state: State
    public var progress: WorkProgress
    /// What came of it, for one that is done.
    public var result: JSONValue?
    /// Why it failed, or what was done before it was cancelled.
    public var problem: Problem?
    /// The API's own JSON.
    public var bytes: [UInt8]

    /// - Throws: `ClientError.notUnderstood`.
    public init(_ bytes: [UInt8]) throws(ClientError) {
        let limits = JSONLimits(maxBytes: SocketClient.maxAnswerBytes)
        guard let value = try? StrictJSON.parse(bytes, limits: limits), let id = value["id"]?.id,
            let state = value["state"]?.text.flatMap(State.init)
        else { throw .notUnderstood("the answer is not a job's") }
        self.id = id
        self.state = state
        self.bytes = bytes
        kind = value["kind"]?.text ?? ""
        progress = WorkProgress(
            permille: Int(clamping: value["progressPermille"]?.integer ?? 0), step: value["step"]?.text ?? kind)
        result = value["result"]
        problem = value["problem"].map { Problem($0, status: 500) }
    }

    /// Itself when it is done, else why it is not.
    func finished() throws(ClientError) -> Job {
        switch state {
        case .done, .waiting, .running: return self
        case .failed: throw ClientError(problem ?? Problem(status: 500, title: "The job failed"))
        case .cancelled: throw ClientError(problem ?? Problem(status: 409, title: "The job was cancelled"))
        }
    }
}
