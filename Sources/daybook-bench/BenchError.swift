/// Why nothing could be measured.
enum BenchError: Error, CustomStringConvertible {
    case system(call: String, code: Int32)
    case daemonEnded(logPath: String)
    case notAnswering(afterSeconds: Int)
    case closed
    case badAnswer
    case refused(status: Int, body: String)
    case jobFailed(String)
    case toolFailed(command: String)
    case unexpected(String)

    var description: String {
        switch self {
        case .system(let call, let code): "\(call) failed with errno \(code)"
        case .daemonEnded(let logPath): "the daemon ended; its log is \(logPath)"
        case .notAnswering(let seconds): "the daemon took no command within \(seconds) s"
        case .closed: "the daemon closed the connection"
        case .badAnswer: "the answer is not HTTP/1.1 with a content-length"
        case .refused(let status, let body): "the daemon answered \(status): \(body)"
        case .jobFailed(let document): "the job did not end well: \(document)"
        case .toolFailed(let command): "this did not end well: \(command)"
        case .unexpected(let what): what
        }
    }
}
