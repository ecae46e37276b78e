import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct HostileClientTests {
        @Test func `what is no HTTP 1 is answered and closed on`() throws {
            let daemon = try RunningDaemon()
            let said = [
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}hello", "GET\r\n\r\n",
                "\r\n\r\nnonsense\r\n",
                "POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n{}  ",
                "POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            ]
            for text in said {
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send(text)
                let answer = String(decoding: try connection.readToEnd(), as: UTF8.self)
                #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(text.prefix(60)): \(answer)")
                #expect(answer.contains("application/problem+json"))
            }
        }

        @Test func `a coding that is not known is not read past`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            for coding in ["gzip, chunked", "gzip", "chunked, chunked", "identity"] {
                let connection = try SocketConnection(path: clinic.daemon.socket)
                try connection.send(
                    "POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: \(coding)\r\n\r\n"
                        + "8\r\n{\"name\":\r\n4\r\n\"G\"}\r\n0\r\n\r\n")
                let status = try connection.readReply()?.status
                #expect(status == 501 || status == 400, "\(coding): \(status ?? 0)")
            }
            #expect(try clinic.daemon.ask("ListLocations").rows.count == 1)
        }

        @Test(arguments: ["%", "%zz", "C%2", "%ff", "%C3"])
        func `an escape that is none is refused`(_ value: String) throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            #expect(try daemon.ask("ListClients", "number=\(value)").status == 400)
        }

        @Test func `a head without bounds is cut off`() throws {
            let daemon = try RunningDaemon()
            let heads = [
                "GET /v1/health HTTP/1.1\r\nHost: d\r\nX: " + String(repeating: "a", count: 20_000) + "\r\n\r\n",
                "GET /" + String(repeating: "a", count: 40_000) + " HTTP/1.1\r\nHost: d\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\nHost: d\r\n" + String(repeating: "X: a\r\n", count: 100) + "\r\n",
            ]
            for head in heads {
                let connection = try SocketConnection(path: daemon.socket)
                // The answer may come before all of it is taken.
                try? connection.send(head)
                let reply = try connection.readReply()
                #expect(
                    reply.map { [400, 414, 431].contains($0.status) } ?? false,
                    "\(head.prefix(40)): \(reply?.status ?? 0)")
            }
        }

        @Test func `a length that is too much is refused at once, and the connection ends`() throws {
            let daemon = try RunningDaemon()
            for path in ["/v1/commands/AddStaff", "/v1/jobs/import", "/v1/health", "/v1/nothing"] {
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send("POST \(path) HTTP/1.1\r\nHost: d\r\nContent-Length: 1073741824\r\n\r\n")
                let reply = try #require(try connection.readReply())
                #expect(reply.status == 413)
                #expect(reply.headers["connection"] == "close")
                #expect(reply.text("type") == "urn:daybook:problem:too-large")
                #expect(try connection.readToEnd().isEmpty)
            }
        }

        @Test func `who sends all of a body that is too large before reading comes to read why it was refused`() throws
        {
            let daemon = try RunningDaemon()
            let body = String(repeating: "x", count: 2 << 20)
            let chunks = String(repeating: "4000\r\n\(body.prefix(0x4000))\r\n", count: 64) + "0\r\n\r\n"
            for rest in [
                "Content-Length: \(body.utf8.count)\r\n\r\n\(body)", "Transfer-Encoding: chunked\r\n\r\n\(chunks)",
            ] {
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send("POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\n\(rest)")
                #expect(try connection.readReply()?.status == 413)
                #expect(try connection.readToEnd().isEmpty)
            }
        }

        @Test func `a chunk extension without bounds is refused`() throws {
            let daemon = try RunningDaemon()
            let connection = try SocketConnection(path: daemon.socket)
            // It may be closed on while it sends.
            try? connection.send(
                "POST /v1/queries/WhoAmI HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n2;"
                    + String(repeating: "x", count: 16 << 20) + "\r\n{}\r\n0\r\n\r\n")
            #expect(try connection.readReply()?.status == 413)
        }

        @Test(arguments: [
            "HTTP/1.1\r\nHost: d\r\nConnection: close", "HTTP/1.1\r\nHost: d\r\nConnection: Close",
            "HTTP/1.1\r\nHost: d\r\nConnection: x, close", "HTTP/1.0",
        ])
        func `who wants one answer gets one, and the connection ends`(_ head: String) throws {
            let daemon = try RunningDaemon()
            let connection = try SocketConnection(path: daemon.socket)
            try connection.send("GET /v1/health \(head)\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n")
            let reply = try #require(try connection.readReply())
            #expect(reply.status == 200)
            #expect(reply.headers["connection"] == "close")
            #expect(try connection.readToEnd().isEmpty)
        }

        @Test(arguments: [
            ("GET", "/v1/events?follow=1", "follow"), ("GET", "/v1/events?follow=true&follow=false", "follow"),
            ("GET", "/v1/events?after=1&x=1", "query"), ("GET", "/v1/queries/WhoAmI?asOf=1&asOf=2", "asOf"),
            ("POST", "/v1/queries/ListStaff?name=x", "query"), ("POST", "/v1/commands/AddLocation?asOf=1", "query"),
        ])
        func `a parameter that would be passed over is refused instead`(
            _ method: String, _ path: String, _ field: String
        ) throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let reply = try daemon.request(method, path, body: method == "POST" ? Array("{}".utf8) : [])
            #expect(reply.status == 400)
            #expect(reply.text("field") == field, "\(reply.text)")
        }

        @Test(arguments: [
            ("ListClients", "number"), ("ListStaff", "name"), ("ListRooms", "name"), ("ListServices", "name"),
        ])
        func `what a list is searched for has an end`(_ list: String, _ field: String) throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let fits = String(repeating: "x", count: 200)
            #expect(try daemon.ask(list, "\(field)=\(fits)").status == 200)
            let refused = try daemon.ask(list, "\(field)=\(fits)x")
            #expect(refused.status == 400 && refused.text("field") == field, "\(refused.text)")
        }

        @Test func `a letter under thousands of accents is a long text`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let text = "aa" + String(repeating: "\u{301}", count: 100_000)
            for (question, field) in [("FindClients", "text"), ("ListClients", "number")] {
                let reply = try daemon.request(
                    "POST", "/v1/queries/\(question)", body: Array("{\"\(field)\":\"\(text)\"}".utf8))
                #expect(reply.status == 400 && reply.text("field") == field, "\(reply.text)")
            }
        }

        @Test func `spreadsheets that are slow to come leave no place for more, and commands are taken`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let slow = try (0..<2).map { _ in
                let connection = try SocketConnection(path: clinic.daemon.socket)
                try connection.send(
                    "POST /v1/jobs/import HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n")
                #expect(try connection.readLine() == "HTTP/1.1 100 Continue")
                return connection
            }
            // Both have a place once a third has none; which of them was first is the daemon's to decide.
            var third = try clinic.daemon.request("POST", "/v1/jobs/import")
            while third.status != 429 { third = try clinic.daemon.request("POST", "/v1/jobs/import") }
            #expect(third.text("type") == "urn:daybook:problem:too-many-uploads")
            #expect(try clinic.daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T10:00")).status == 201)
            for connection in slow { connection.close() }
            while third.status == 429 { third = try clinic.daemon.request("POST", "/v1/jobs/import") }
        }

        @Test func `bytes out of band are bytes like others`() throws {
            let daemon = try RunningDaemon()
            for text in ["", "GET /v1/he", "GET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n"] {
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send(text)
                connection.sendUrgent(0x61)
                // Meanwhile the first of them is all that there is to read.
                #expect(try daemon.request("GET", "/v1/health").status == 200)
                connection.sendUrgent(0x61)
                try connection.send("\r\n\r\n")
                let statuses = [try connection.readReply()?.status, try connection.readReply()?.status]
                #expect(statuses == (text.count > 20 ? [200, 400] : [400, nil]))
            }
        }

        @Test(arguments: ["/v1/health", "/v1/queries/WhoAmI", "/v1/nothing"])
        func `a question for the head alone gets no body, and the next answer is where it should be`(_ path: String)
            throws
        {
            let daemon = try RunningDaemon()
            let connection = try SocketConnection(path: daemon.socket)
            try connection.send("HEAD \(path) HTTP/1.1\r\nHost: d\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n")
            var head: [String] = []
            while let line = try connection.readLine(), !line.isEmpty { head.append(line) }
            #expect(head.first?.hasPrefix("HTTP/1.1 40") == true)
            #expect(try connection.readReply()?.status == 200)
        }

        @Test func `requests that are sent without waiting are answered in their order`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let connection = try SocketConnection(path: daemon.socket)
            let one = "GET /v1/health HTTP/1.1\r\nHost: d\r\n\r\n"
            let two = "GET /v1/nothing HTTP/1.1\r\nHost: d\r\n\r\n"
            let three =
                "POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nContent-Length: 14\r\n\r\n{\"name\":\"East\"}"
                .replacingOccurrences(of: "14", with: "15")
            try connection.send(one + two + three + one + "nonsense\r\n\r\n")
            let statuses = try (0..<5).map { _ in try connection.readReply()?.status ?? 0 }
            #expect(statuses == [200, 404, 201, 200, 400])
            #expect(try connection.readToEnd().isEmpty)
        }

        @Test func `half a body is never taken for the whole`() throws {
            let daemon = try SmallClinic(RunningDaemon()).daemon
            let before = try daemon.request("GET", "/v1/health").number("events")
            // As Protobuf, field by field, half of a message is a message.
            for _ in 0..<20 {
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send(
                    "POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nContent-Type: application/x-protobuf\r\n"
                        + "Content-Length: 100\r\n\r\n\u{A}\u{4}East")
                connection.endSending()
                _ = try connection.readToEnd()
                let cut = try SocketConnection(path: daemon.socket)
                try cut.send(
                    "POST /v1/commands/AddLocation HTTP/1.1\r\nHost: d\r\nContent-Type: application/x-protobuf\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n6\r\n\u{A}\u{4}East\r\n")
                cut.close()
            }
            #expect(try daemon.ask("ListLocations").rows.count == 1)
            #expect(try daemon.request("GET", "/v1/health").number("events") == before)
        }

        @Test func `those who dawdle or never read do not keep others from being served`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            let dawdling = try (0..<100).map { _ in
                let connection = try SocketConnection(path: daemon.socket)
                try connection.send("POST /v1/commands/AddStaff HTTP/1.1\r\nHost: d\r\nContent-Length: 100\r\n\r\n{")
                return connection
            }
            let mute = try (0..<20).map { _ in
                let connection = try SocketConnection(path: daemon.socket)
                try connection.ask("GET", "/v1/events?follow=true")
                return connection
            }
            for hour in 10..<20 {
                #expect(
                    try daemon.command("BookAppointment", clinic.booking("\(Day.text(9))T\(hour):00")).status == 201)
            }
            #expect(dawdling.count + mute.count == 120)
        }

    }
}
