import NIOHTTP1

extension SocketClient {
    /// Starts a job: verify, rebuild, as-of, import.
    public func startJob(_ kind: String, json: [UInt8] = Array("{}".utf8)) async throws(ClientError) -> Job {
        let target = "/v1/jobs/\(Self.escaped(kind))"
        return try Job(
            try await exchange(.post(target, json, timeoutSeconds: timeouts.upload), progress: nil).bytes)
    }

    public func job(_ id: UInt64) async throws(ClientError) -> Job {
        try Job(try await exchange(.get("/v1/jobs/\(id)", timeoutSeconds: timeouts.query), progress: nil).bytes)
    }

    public func cancelJob(_ id: UInt64) async throws(ClientError) {
        let call = Call(method: .DELETE, target: "/v1/jobs/\(id)", timeoutSeconds: timeouts.query)
        _ = try await exchange(call, progress: nil)
    }

    /// Follows a job to its end.
    ///
    /// - Throws: `ClientError.refused` or `.notPermitted` with the reason it failed for.
    public func follow(_ job: Job, progress: ProgressHandler? = nil) async throws(ClientError) -> Job {
        var last = job
        do {
            for try await line in try await lines("/v1/jobs/\(job.id)?follow=true") {
                last = try Job(line)
                await progress?(last.progress)
                if last.state.hasEnded { break }
            }
        } catch {
            throw failure(error, key: nil)
        }
        guard last.state.hasEnded else {
            throw .lost(key: nil, why: "job \(job.id) goes on, but its stream ended")
        }
        return try last.finished()
    }
}
