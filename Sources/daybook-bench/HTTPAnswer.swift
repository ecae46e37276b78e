import Foundation

/// An answer of HTTP/1.1 whose length is stated; the daemon states it for everything but streams.
struct HTTPAnswer {
    let status: Int
    let body: [UInt8]

    /// Far more than the daemon's heads have.
    private static let headMaxBytes = 65_536

    /// Takes the first answer out of what was received; nil while it is incomplete.
    ///
    /// No strings are made on the way: what the load generator takes of a processor is the daemon's loss.
    init?(taking received: inout [UInt8]) throws {
        let head = try received.withUnsafeBytes { try AnswerHead($0) }
        guard let head else {
            guard received.count <= Self.headMaxBytes else { throw BenchError.badAnswer }
            return nil
        }
        guard received.count - head.count >= head.bodyCount else { return nil }
        status = head.status
        body = Array(received[head.count..<head.count + head.bodyCount])
        received.removeFirst(head.count + head.bodyCount)
    }

    /// Throws what the daemon said unless it answered with this status.
    func require(_ expected: Int) throws {
        guard status == expected else {
            throw BenchError.refused(status: status, body: String(decoding: body, as: UTF8.self))
        }
    }

    func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

/// What of a command's reply is used here.
struct Founded: Decodable {
    let id: UInt64
    let position: UInt64
}
