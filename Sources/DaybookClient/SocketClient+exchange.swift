import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import Schema

extension SocketClient {
    /// Sends a call and collects a good answer. Repeats it once when the connection was lost, and for as long as the
    /// daemon says how far it has come with what the answer needs.
    func exchange(_ call: Call, progress: ProgressHandler?) async throws(ClientError) -> RawAnswer {
        let start = ContinuousClock.now
        while true {
            let answer = try await repeatingOnce(call)
            if (200..<300).contains(answer.status) { return answer }
            let problem = Problem(status: answer.status, body: answer.bytes)
            guard answer.status == 503, let permille = problem.progressPermille,
                ContinuousClock.now - start < .seconds(timeouts.patience)
            else { throw ClientError(problem) }
            await progress?(WorkProgress(permille: permille, step: problem.title))
            try await pause(seconds: answer.retryAfter ?? 1)
        }
    }

    private func pause(seconds: Int64) async throws(ClientError) {
        do {
            // Zero means "at once", which a loop must not take literally.
            try await Task.sleep(for: max(.milliseconds(20), .seconds(min(seconds, 10))))
        } catch {
            throw .lost(key: nil, why: "the call was cancelled")
        }
    }

    private func repeatingOnce(_ call: Call) async throws(ClientError) -> RawAnswer {
        do throws(ClientError) {
            return try await once(call)
        } catch .lost(let key, let why) {
            guard call.isRepeatable else { throw .lost(key: key, why: why) }
            do throws(ClientError) {
                return try await once(call)
            } catch .unreachable(_, let why) where call.key != nil {
                // The first sending may have been heard.
                throw .lost(key: call.key, why: why)
            }
        }
    }

    private func once(_ call: Call) async throws(ClientError) -> RawAnswer {
        do {
            let response = try await execute(request(for: call), deadline: .now() + .seconds(call.timeoutSeconds))
            let body = try await response.body.collect(upTo: Self.maxAnswerBytes)
            return RawAnswer(
                status: Int(response.status.code), bytes: Array(body.readableBytesView),
                position: response.headers.first(name: "Daybook-Position").flatMap { UInt64($0) },
                retryAfter: response.headers.first(name: "Retry-After").flatMap { Int64($0) })
        } catch {
            throw failure(error, key: call.key)
        }
    }

    /// Sends a request as soon as a connection is had. In a crowd the queue of those who want one is full for moments, and
    /// the kernel then does not keep the caller waiting but says "try again".
    func execute(_ request: HTTPClientRequest, deadline: NIODeadline) async throws -> HTTPClientResponse {
        let start = ContinuousClock.now
        while true {
            do {
                return try await http.execute(request, deadline: deadline)
            } catch let error as IOError
                where error.errnoCode == EAGAIN && ContinuousClock.now - start < .seconds(timeouts.connect)
            {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Tells "nobody is there" from "somebody was".
    func failure(_ error: any Error, key: IdempotencyKey?) -> ClientError {
        switch error {
        case let error as ClientError: return error
        case let error as IOError where Self.neverConnected.contains(error.errnoCode):
            return .unreachable(path: socket.description, why: String(cString: strerror(error.errnoCode)))
        case let error as IOError where error.errnoCode == EAGAIN:
            return .unreachable(path: socket.description, why: "too many others are waiting for a connection")
        case let error as HTTPClientError where error == .connectTimeout:
            return .unreachable(path: socket.description, why: "no connection within \(timeouts.connect) s")
        case let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout:
            return .lost(key: key, why: "no answer in time")
        case is NIOTooManyBytesError:
            return .notUnderstood("the answer is longer than \(Self.maxAnswerBytes >> 20) MiB")
        case HTTPParserError.invalidEOFState:
            return .lost(key: key, why: Self.connectionLost)
        case is HTTPParserError:
            return .notUnderstood("what answers at \(socket) does not speak HTTP")
        default:
            return .lost(key: key, why: Self.connectionLost)
        }
    }

    static let connectionLost = "the connection was lost"

    private static let neverConnected: Set<CInt> = [
        ENOENT, ECONNREFUSED, EACCES, EPERM, ENOTDIR, ENOTSOCK, EPROTOTYPE, ELOOP, ENAMETOOLONG,
    ]
}
