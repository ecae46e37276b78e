import NIOHTTP1
import Schema

/// One request, before it becomes HTTP.
struct Call: Sendable {
    var method: HTTPMethod
    /// With its query, as `/v1/events?after=7`.
    var target: String
    var body: [UInt8]?
    /// For a command.
    var key: IdempotencyKey?
    var timeoutSeconds: Int64

    static func get(_ target: String, timeoutSeconds: Int64) -> Call {
        Call(method: .GET, target: target, timeoutSeconds: timeoutSeconds)
    }

    static func post(_ target: String, _ body: [UInt8], timeoutSeconds: Int64, key: IdempotencyKey? = nil) -> Call {
        Call(method: .POST, target: target, body: body, key: key, timeoutSeconds: timeoutSeconds)
    }

    /// Whether sending it twice does what sending it once does.
    var isRepeatable: Bool { key != nil || method == .GET || target.hasPrefix("/v1/queries/") }

    func headers(token: String?) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Host": "daybook", "Accept": "application/json"]
        if body != nil { headers.add(name: "Content-Type", value: "application/json") }
        if let key { headers.add(name: "Idempotency-Key", value: key.description) }
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        return headers
    }
}

/// An answer as it came.
public struct RawAnswer: Sendable {
    public var status: Int
    /// The API's own bytes.
    public var bytes: [UInt8]
    /// The log position that the answer knows of, from `Daybook-Position`.
    public var position: UInt64?
    /// Seconds, from `Retry-After`.
    var retryAfter: Int64?
}

/// Time limits of calls, in seconds.
public struct Timeouts: Sendable {
    public var connect: Int64 = 5
    /// The daemon gives a whole request 15.
    public var command: Int64 = 20
    public var query: Int64 = 30
    /// An import's sheets may have 32 MiB.
    public var upload: Int64 = 120
    /// How long to repeat a question whose answer is still being built.
    public var patience: Int64 = 1_800

    public init() {}
    public static let standard = Timeouts()
}

/// How far something in the background has come.
public struct WorkProgress: Hashable, Sendable {
    /// From 0 to 1000.
    public var permille: Int
    /// What it is about.
    public var step: String

    public init(permille: Int, step: String) {
        self.permille = min(max(permille, 0), 1_000)
        self.step = step
    }
}

public typealias ProgressHandler = @Sendable (WorkProgress) async -> Void
