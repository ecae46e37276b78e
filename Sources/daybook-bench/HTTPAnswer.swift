import Foundation

/// An answer of HTTP/1.1 whose length is stated; the daemon states it for everything but streams.
struct HTTPAnswer {
    let status: Int
    let body: [UInt8]

    private static let headEnd: [UInt8] = Array("\r\n\r\n".utf8)
    /// Far more than the daemon's heads have.
    private static let headMaxBytes = 65_536

    /// Takes the first answer out of what was received; nil while it is incomplete.
    init?(taking received: inout [UInt8]) throws {
        guard let headCount = Self.headCount(received) else {
            guard received.count <= Self.headMaxBytes else { throw BenchError.badAnswer }
            return nil
        }
        let lines = String(decoding: received[..<headCount], as: UTF8.self).components(separatedBy: "\r\n")
        guard let first = lines.first?.split(separator: " "), first.count >= 2, let status = Int(first[1]),
            let length = Self.length(lines)
        else { throw BenchError.badAnswer }
        let bodyStart = headCount + Self.headEnd.count
        guard received.count - bodyStart >= length else { return nil }
        self.status = status
        body = Array(received[bodyStart..<bodyStart + length])
        received.removeFirst(bodyStart + length)
    }

    private static func headCount(_ received: [UInt8]) -> Int? {
        guard received.count >= headEnd.count else { return nil }
        for index in 0...received.count - headEnd.count
        where received[index] == 13 && received[index..<index + 4].elementsEqual(headEnd) {
            return index
        }
        return nil
    }

    private static func length(_ lines: [String]) -> Int? {
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
            return Int(parts[1].trimmingCharacters(in: .whitespaces)).flatMap { $0 >= 0 ? $0 : nil }
        }
        return nil
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
