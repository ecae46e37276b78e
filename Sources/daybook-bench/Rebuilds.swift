import Foundation
import Glibc

/// Rebuilds every read model beside the live one, all together and then each alone.
struct Rebuilds {
    private struct Job: Decodable {
        struct Check: Decodable {
            let view: String
            let isEqual: Bool
        }

        let id: UInt64
        let state: String
        let result: [Check]?

        var hasEnded: Bool { !["waiting", "running"].contains(state) }
    }

    private let connection: SocketConnection

    init(_ daemon: Daemon) throws {
        connection = try SocketConnection(path: daemon.socketPath)
    }

    func measure(events: UInt64, _ figures: inout Figures) throws {
        let checks = try rebuild("{}", FigureName.allViews, events, &figures)
        for view in checks.map(\.view) {
            _ = try rebuild(#"{"view":"\#(view)"}"#, view, events, &figures)
        }
    }

    private func rebuild(
        _ request: String, _ name: String, _ events: UInt64, _ figures: inout Figures
    ) throws -> [Job.Check] {
        let began = nowNs()
        var answer = try connection.exchange(HTTPRequest.post("/v1/jobs/rebuild", request))
        try answer.require(202)
        var job = try answer.decoded(Job.self)
        while !job.hasEnded {
            usleep(2_000)
            answer = try connection.exchange(HTTPRequest.get("/v1/jobs/\(job.id)"))
            try answer.require(200)
            job = try answer.decoded(Job.self)
        }
        let tookNs = nowNs() - began
        guard job.state == "done", let checks = job.result else {
            throw BenchError.jobFailed(String(decoding: answer.body, as: UTF8.self))
        }
        figures.add(FigureName.rebuild, name, Double(events) * 1e9 / Double(tookNs), "events/s")
        return checks
    }
}
