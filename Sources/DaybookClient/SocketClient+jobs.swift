import NIOHTTP1

extension SocketClient {
    /// Starts a job: verify, rebuild, as-of, import.
    public func startJob(_ kind: String, json: [UInt8] = Array("{}".utf8)) async throws(ClientError) -> Job {
        let target = "/v1/jobs/\(Self.escaped(kind))"
        let answer: RawAnswer
        do throws(ClientError) {
            answer = try await exchange(.post(target, json, timeoutSeconds: timeouts.upload), progress: nil)
        } catch .lost(_, Self.connectionLost) {
            throw .ended(during: kind)
        }
        return try Job(answer.bytes)
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
    /// - Throws: `ClientError.refused` or `.notPermitted` with the reason it failed for; `.ended` when nobody says how it
    ///   ended.
    public func follow(_ job: Job, progress: ProgressHandler? = nil) async throws(ClientError) -> Job {
        var last = job
        do {
            for try await line in try await lines("/v1/jobs/\(job.id)?follow=true") {
                last = try Job(line)
                await progress?(last.progress)
                if last.state.hasEnded { break }
            }
        } catch {
            let reason = failure(error, key: nil)
            switch reason {
            case .lost, .ended: throw .ended(during: job.kind)
            default: throw reason
            }
        }
        // Jobs end with the daemon, and their streams before them.
        guard last.state.hasEnded else { throw .ended(during: job.kind) }
        return try last.finished()
    }
}
