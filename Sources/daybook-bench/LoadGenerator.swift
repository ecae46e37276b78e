import Glibc

/// Sends requests over several connections at once, each connection one at a time, all from one thread.
struct LoadGenerator {
    let socketPath: String
    let requests: [[UInt8]]
    let expectedStatus: Int

    /// Answers with how long each exchange took, and with the last answer.
    func drive(connections count: Int) throws -> (timings: Timings, last: HTTPAnswer) {
        let connections = try (0..<min(count, requests.count)).map { _ in try SocketConnection(path: socketPath) }
        var polled = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var latenciesNs: [UInt64] = []
        latenciesNs.reserveCapacity(requests.count)
        var last: HTTPAnswer?
        var next = connections.count
        let began = nowNs()
        for (connection, request) in zip(connections, requests) { try connection.send(request) }
        while latenciesNs.count < requests.count {
            try wait(&polled)
            for index in polled.indices where polled[index].revents != 0 {
                guard let answer = try connections[index].receive() else { continue }
                latenciesNs.append(nowNs() - connections[index].sentAtNs)
                try answer.require(expectedStatus)
                last = answer
                guard next < requests.count else { continue }
                try connections[index].send(requests[next])
                next += 1
            }
        }
        guard let last else { throw BenchError.unexpected("there was nothing to send") }
        return (Timings(latenciesNs, wallNs: nowNs() - began), last)
    }

    private func wait(_ polled: inout [pollfd]) throws {
        // Longer than any answer takes that is worth waiting for.
        let ready = poll(&polled, nfds_t(polled.count), 30_000)
        if ready < 0, errno == EINTR { return }
        guard ready >= 0 else { throw BenchError.system(call: "poll", code: errno) }
        guard ready > 0 else { throw BenchError.notAnswering(afterSeconds: 30) }
    }
}
