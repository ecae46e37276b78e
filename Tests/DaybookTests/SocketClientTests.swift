import DaybookClient
import Foundation
import Schema
import Synchronization
import Testing

struct SocketClientTests {
    private static let refusal = """
        {"type":"urn:daybook:rule:INV-SCHED-03","title":"Therapist is already booked","rule":"INV-SCHED-03",\
        "status":409,"detail":"With another client.","conflicts":[5120],"nearest":["2026-12-01T15:00"]}
        """

    private func with<Result: Sendable>(
        _ server: SocketServer, token: String? = nil, _ body: (SocketClient) async throws -> Result
    ) async throws -> Result {
        try await SocketClient.with(socket: SocketPath(server.path), token: token, body)
    }

    @Test func `a command is posted under its name with its key and token`() async throws {
        let key = IdempotencyKey.make()
        try await withServer(.answer(201, #"{"position":5120,"id":5120,"room":15}"#)) { server in
            var command = BookAppointment()
            command.client = 41
            let reply = try await with(server, token: "secret") { [command] in try await $0.send(command, key: key) }
            #expect(reply.id == 5120 && reply.room == 15)
            let asked = try #require(server.received.first)
            #expect(asked.method == "POST" && asked.uri == "/v1/commands/BookAppointment")
            #expect(asked.body == #"{"client":41}"#)
            #expect(asked.headers["idempotency-key"] == key.description)
            #expect(asked.headers["authorization"] == "Bearer secret")
        }
    }

    @Test func `a lost connection is tried once more under the same key`() async throws {
        try await withServer(.hangUp, .answer(201, #"{"position":7}"#)) { server in
            let reply = try await with(server) { try await $0.send(AddStaff()) }
            #expect(reply.position == 7)
            let keys = server.received.map { $0.headers["idempotency-key"] }
            #expect(keys.count == 2 && keys[0] == keys[1] && keys[0] != nil)
        }
    }

    @Test func `a connection lost twice names the key`() async throws {
        let key = IdempotencyKey.make()
        try await withServer(.hangUp) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { try await $0.send(AddStaff(), key: key) }
            }
            guard case .lost(key, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(server.received.count == 2)
        }
    }

    @Test func `a job is not started twice`() async throws {
        try await withServer(.hangUp) { server in
            await #expect(throws: ClientError.self) { try await with(server) { try await $0.startJob("verify") } }
            #expect(server.received.count == 1)
        }
    }

    @Test func `a refusal carries its facts`() async throws {
        try await withServer(.answer(409, Self.refusal)) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { try await $0.send(BookAppointment()) }
            }
            guard case .refused(let problem) = error else { return #expect(Bool(false)) }
            #expect(problem.rule == "INV-SCHED-03" && problem.conflicts == [5120])
            #expect(problem.nearest == ["2026-12-01T15:00"])
        }
    }

    @Test(arguments: [401, 403]) func `an unknown caller and a forbidden one are not permitted`(status: Int)
        async throws
    {
        try await withServer(.answer(status, #"{"type":"urn:daybook:problem:x","title":"No"}"#)) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { try await $0.ask(ListStaff()) }
            }
            guard case .notPermitted(let problem) = error else { return #expect(Bool(false)) }
            #expect(problem.status == status && problem.title == "No" && problem.type == "urn:daybook:problem:x")
            #expect(problem.document == Array(#"{"type":"urn:daybook:problem:x","title":"No"}"#.utf8))
        }
    }

    @Test func `an answer still being built is asked for again, with progress`() async throws {
        let building = Reaction.answer(
            503, #"{"type":"urn:daybook:problem:building","title":"As of","progressPermille":420}"#,
            headers: ["Retry-After": "0"])
        let seen = Mutex<[Int]>([])
        try await withServer(building, building, .answer(200, #"{"rows":[{"id":3,"name":"Grace"}]}"#)) { server in
            let answer = try await with(server) { client in
                try await client.ask(ListStaff(), asOf: "2026-03-01T12:00") { progress in
                    seen.withLock { $0.append(progress.permille) }
                }
            }
            #expect(answer.rows.map(\.name) == ["Grace"])
            #expect(seen.withLock { $0 } == [420, 420])
            #expect(server.received.map(\.uri).last == "/v1/queries/ListStaff?asOf=2026-03-01T12%3A00")
        }
    }

    @Test func `an answer of a newer daemon is read as far as it is known`() async throws {
        try await withServer(.answer(200, #"{"rows":[{"id":3,"name":"Grace","shoeSize":38}],"x":1}"#)) { server in
            let answer = try await with(server) { try await $0.ask(ListStaff()) }
            #expect(answer.rows.first?.id == 3)
        }
    }

    @Test func `something that is not the daemon is said not to be`() async throws {
        try await withServer(.answer(200, "<html>")) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { try await $0.ask(ListStaff()) }
            }
            guard case .notUnderstood = error else { return #expect(Bool(false)) }
        }
    }

    @Test func `a queue that is full is no lost answer, and nothing was sent`() async throws {
        let queue = try FullQueue()
        var timeouts = Timeouts()
        timeouts.connect = 1
        let error = await #expect(throws: ClientError.self) {
            try await SocketClient.with(socket: SocketPath(queue.path), timeouts: timeouts) {
                try await $0.send(AddStaff())
            }
        }
        #expect(
            error == .unreachable(path: queue.path, why: "too many others are waiting for a connection"))
    }

    @Test func `who finds the queue full is served when it is no longer`() async throws {
        let queue = try FullQueue()
        // However long the thread that serves is kept waiting.
        var patient = Timeouts()
        patient.connect = 300
        let timeouts = patient
        async let answer = SocketClient.with(socket: SocketPath(queue.path), timeouts: timeouts) {
            try await $0.health()
        }
        Thread.detachNewThread { queue.serve(#"{"status":"ok"}"#) }
        #expect(try await answer.status == 200)
    }

    @Test func `a socket that nobody listens at is unreachable`() async throws {
        let path = try SocketPath("/tmp/daybook-nobody-\(UUID().uuidString.prefix(8)).sock")
        let error = await #expect(throws: ClientError.self) {
            try await SocketClient.with(socket: path) { try await $0.ask(ListStaff()) }
        }
        #expect(error == .unreachable(path: path.description, why: "No such file or directory"))
    }

    @Test func `a path longer than a socket's is refused`() {
        #expect(throws: Never.self) { try SocketPath("/" + String(repeating: "x", count: 106)) }
        #expect(throws: ClientError.self) { try SocketPath("/" + String(repeating: "x", count: 107)) }
    }

    @Test func `events come line by line however they are cut`() async throws {
        try await withServer(.stream(["{\"position\":1}\n{\"posi", "tion\":2}\n", "\n{\"position\":3}"])) { server in
            let lines = try await with(server) { client in
                var lines: [String] = []
                for try await line in try await client.events(after: 0, follow: true) {
                    lines.append(String(decoding: line, as: UTF8.self))
                }
                return lines
            }
            #expect(lines == [#"{"position":1}"#, #"{"position":2}"#, #"{"position":3}"#])
            #expect(server.received.first?.uri == "/v1/events?after=0&follow=true")
        }
    }

    @Test func `a job is followed to its result`() async throws {
        let running = #"{"id":3,"kind":"verify","state":"waiting","progressPermille":500,"step":"leaves"}"#
        let done = #"{"id":3,"kind":"verify","state":"done","progressPermille":1000,"result":{"isSound":false}}"#
        try await withServer(.answer(202, running), .stream([running + "\n", done + "\n"])) { server in
            let job = try await with(server) { try await $0.follow(try await $0.startJob("verify")) }
            #expect(job.state == .done && job.result?["isSound"]?.flag == false)
        }
    }

    @Test func `a failed job throws its problem`() async throws {
        let failed = #"{"id":3,"kind":"import","state":"failed","problem":{"type":"t","title":"No zone","status":400}}"#
        try await withServer(.stream([failed + "\n", ""])) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { try await $0.follow(try Job(Array(#"{"id":3,"state":"running"}"#.utf8))) }
            }
            guard case .refused(let problem) = error else { return #expect(Bool(false)) }
            #expect(problem.title == "No zone" && problem.status == 400)
            #expect(problem.document == Array(#"{"type":"t","title":"No zone","status":400}"#.utf8))
        }
    }

    @Test func `a stream that is cut off says that the daemon ended`() async throws {
        try await withServer(.cutOff(["{\"position\":1}\n"])) { server in
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { client in
                    for try await _ in try await client.events(after: nil, follow: true) {}
                }
            }
            #expect(error == .ended(during: nil))
        }
    }

    @Test func `a stream whose last line is a problem ends with it`() async throws {
        let problem = #"{"type":"urn:daybook:problem:damaged","title":"The log is damaged","status":500}"#
        try await withServer(Reaction.stream(["{\"position\":1}\n{\"prob", "lem\":\(problem)}\n"])) { server in
            let seen = Mutex(0)
            let error = await #expect(throws: ClientError.self) {
                try await with(server) { client in
                    for try await _ in try await client.events(after: nil, follow: true) {
                        seen.withLock { $0 += 1 }
                    }
                }
            }
            #expect(error?.problem?.title == "The log is damaged" && seen.withLock { $0 } == 1)
            #expect(error?.problem?.type == "urn:daybook:problem:damaged")
        }
    }

    @Test func `a job whose daemon ends says so, when it starts, while it runs and between its lines`() async throws {
        let running = #"{"id":3,"kind":"import","state":"running"}"#
        for reactions in [
            [.hangUp], [.answer(202, running), .cutOff([running + "\n"])],
            [.answer(202, running), .stream([running + "\n", ""])],
        ] as [[Reaction]] {
            try await withServer(reactions) { server in
                let error = await #expect(throws: ClientError.self) {
                    try await with(server) { try await $0.follow(try await $0.startJob("import")) }
                }
                #expect(error == .ended(during: "import"))
            }
        }
    }
}

extension Problem {
    func typed(_ type: String) -> Problem {
        var copy = self
        copy.type = type
        return copy
    }
}
