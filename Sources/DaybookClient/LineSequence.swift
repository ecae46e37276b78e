import AsyncHTTPClient
import NIOCore
import Schema

/// The lines of a stream that the daemon writes for as long as it likes, without their ends.
public struct LineSequence: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    let body: HTTPClientResponse.Body
    let client: SocketClient

    public func makeAsyncIterator() -> Iterator {
        Iterator(chunks: body.makeAsyncIterator(), client: client)
    }

    public struct Iterator: AsyncIteratorProtocol {
        var chunks: HTTPClientResponse.Body.AsyncIterator
        let client: SocketClient
        private var splitter = LineSplitter()

        init(chunks: HTTPClientResponse.Body.AsyncIterator, client: SocketClient) {
            self.chunks = chunks
            self.client = client
        }

        /// - Throws: `ClientError`.
        public mutating func next() async throws -> [UInt8]? {
            while true {
                if let line = splitter.next() {
                    try Self.requireNoProblem(line)
                    return line
                }
                let chunk: ByteBuffer?
                do {
                    chunk = try await chunks.next()
                } catch {
                    let reason = client.failure(error, key: nil)
                    // A stream has no deadline: what is lost is the connection.
                    if case .lost = reason { throw ClientError.ended(during: nil) }
                    throw reason
                }
                guard let chunk else { return splitter.rest() }
                guard splitter.append(chunk.readableBytesView) else {
                    throw ClientError.notUnderstood("a line of the stream is longer than a record can be")
                }
            }
        }

        /// A stream that breaks off says why in its last line.
        private static func requireNoProblem(_ line: [UInt8]) throws(ClientError) {
            guard line.starts(with: Array(#"{"problem":"#.utf8)),
                let problem = (try? StrictJSON.parse(line))?["problem"]
            else { return }
            throw ClientError(Problem(problem, status: 500))
        }
    }
}

/// Cuts bytes into lines. A line may come in any number of pieces.
struct LineSplitter {
    /// A record has at most 60 KiB, and its JSON a few times that; an import's report is the longest line.
    static let maxLineBytes = 64 << 20

    private var bytes: [UInt8] = []
    private var start = 0
    private var searched = 0

    /// False when the line has no end in sight.
    mutating func append(_ chunk: some Sequence<UInt8>) -> Bool {
        if start > 0 {
            bytes.removeFirst(start)
            searched -= start
            start = 0
        }
        bytes.append(contentsOf: chunk)
        return bytes.count <= Self.maxLineBytes
    }

    mutating func next() -> [UInt8]? {
        while let end = bytes[searched...].firstIndex(of: 0x0A) {
            let line = Array(bytes[start..<end])
            start = end + 1
            searched = start
            // An empty line only shows that the stream is alive.
            if !line.isEmpty { return line }
        }
        searched = bytes.count
        return nil
    }

    /// What is left when the stream ends without a line's end.
    mutating func rest() -> [UInt8]? {
        let line = Array(bytes[start...])
        start = bytes.count
        searched = start
        return line.isEmpty ? nil : line
    }
}
