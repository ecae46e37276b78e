import ArgumentParser
import DaybookClient
import Foundation
import Manual
import Schema
import Synchronization
import Testing

@testable import daybook

struct CommandLineTests {
    /// A screen that remembers.
    private final class Paper: Sendable {
        private let text = Mutex<(out: String, err: String)>(("", ""))
        var out: String { text.withLock { $0.out } }
        var err: String { text.withLock { $0.err } }

        var screen: Screen {
            Screen(
                width: nil, isColoured: false, drawsProgress: false,
                out: { bytes in self.text.withLock { $0.out += String(decoding: bytes, as: UTF8.self) } },
                err: { bytes in self.text.withLock { $0.err += String(decoding: bytes, as: UTF8.self) } })
        }
    }

    private func desk(_ client: SocketClient, _ paper: Paper, _ arguments: [String] = []) throws -> Desk {
        Desk(client: client, screen: paper.screen, global: try GlobalOptions.parse(arguments))
    }

    @Test func `usage errors end with 2 and an absent daemon with 4`() async {
        let paper = Paper()
        #expect(await Daybook.run(["nonsense"], paper.screen) == .usage)
        #expect(await Daybook.run(["book"], paper.screen) == .usage)
        #expect(
            await Daybook.run(["--socket", "/tmp/none-\(UUID().uuidString).sock", "staff"], paper.screen)
                == .unreachable)
        #expect(await Daybook.run(["staff", "--socket", String(repeating: "x", count: 200)], paper.screen) == .usage)
        #expect(paper.err.contains("The daemon does not answer at /tmp/none-"))
        #expect(await Daybook.run(["--help"], paper.screen) == .done)
        #expect(paper.out.contains("SUBCOMMANDS"))
    }

    @Test func `global options are taken before and after the verb`() throws {
        for arguments in [
            ["--as-of", "2026-03-01T12:00", "staff", "list"], ["staff", "list", "--as-of", "2026-03-01T12:00"],
        ] {
            let verb = try #require(try Daybook.parseAsRoot(arguments) as? StaffVerbs.List)
            #expect(verb.global.asOf == "2026-03-01T12:00")
        }
        let agenda = try #require(
            try Daybook.parseAsRoot(["--as", "grace", "--json", "agenda", "--week", "--with", "Lim"]) as? AgendaVerb)
        #expect(agenda.global.member == "grace" && agenda.global.json && agenda.week && agenda.with == "Lim")
    }

    @Test func `a change as of another time is refused before anything is sent`() async {
        let paper = Paper()
        let status = await Daybook.run(
            ["--socket", "/tmp/none.sock", "--as-of", "2026-03-01T12:00", "end", "5120"], paper.screen)
        #expect(status == .usage && paper.err.contains("--as-of is for questions"))
    }

    @Test func `do asks for help about the command it names`() {
        #expect(HelpRequest.rewritten(["do", "BookAppointment", "--help"]) == ["help", "BookAppointment"])
        #expect(HelpRequest.rewritten(["do", "--help"]) == ["do", "--help"])
        #expect(HelpRequest.rewritten(["book", "--help"]) == ["book", "--help"])
        #expect(HelpRequest.rewritten(["staff", "add", "do"]) == ["staff", "add", "do"])
    }

    @Test func `JSON is the daemon's own bytes`() async throws {
        let answer = #"{"rows":[{"id":7,"name":"Grace","later":1}]}"#
        try await withServer(.answer(200, answer)) { server in
            let paper = Paper()
            try await SocketClient.with(socket: SocketPath(server.path)) { client in
                let list = try #require(try Daybook.parseAsRoot(["staff", "list", "--json"]) as? StaffVerbs.List)
                try await list.run(at: try desk(client, paper, ["--json"]))
            }
            #expect(paper.out == answer + "\n")
        }
    }

    @Test func `a refusal as JSON is the daemon's own document, beside the sentence`() async throws {
        let refusal = #"{"type":"urn:daybook:problem:forbidden","title":"Not permitted","status":403,"later":[1]}"#
        try await withServer(.answer(403, refusal)) { server in
            let paper = Paper()
            #expect(await Daybook.run(["--socket", server.path, "staff", "--json"], paper.screen) == .notPermitted)
            #expect(paper.out == refusal + "\n" && paper.err == "Not permitted\n")
            let plain = Paper()
            #expect(await Daybook.run(["--socket", server.path, "staff"], plain.screen) == .notPermitted)
            #expect(plain.out.isEmpty && plain.err == "Not permitted\n")
        }
    }

    @Test func `a client by part of a name is asked for by POST, and several are listed`() async throws {
        let rows = """
            {"rows":[{"id":41,"number":"C-000041","givenName":{"text":"Ada"},"familyName":{"text":"Li"}},
            {"id":43,"number":"C-000043","givenName":{"text":"Adam"},"familyName":{"text":"Li"}}]}
            """
        try await withServer(.answer(200, rows)) { server in
            try await SocketClient.with(socket: SocketPath(server.path)) { client in
                let desk = try desk(client, Paper())
                #expect(try await desk.client("ada li") == 41)
                #expect(try await desk.client("12") == 12)
                let error = await #expect(throws: UsageError.self) { try await desk.client("ad") }
                #expect(error?.choices == ["C-000041  Ada Li", "C-000043  Adam Li"])
            }
            #expect(server.received.allSatisfy { $0.uri == "/v1/queries/FindClients" && $0.method == "POST" })
        }
    }

    @Test func `every chapter of the handbook has a title and text`() {
        for chapter in Handbook.chapters {
            #expect(chapter.text.hasPrefix("# ") && chapter.text.count > 500, "\(chapter.name)")
            #expect(Handbook.chapter(chapter.name.uppercased())?.name == chapter.name)
        }
        #expect(Handbook.chapter("nonsense") == nil)
    }

    @Test(arguments: ["1=", "=2", "=", "x", "1=2=3"])
    func `a part of an invoice that is not written out is refused before anything is sent`(part: String) async {
        let paper = Paper()
        let status = await Daybook.run(["--socket", "/tmp/none.sock", "invoice", "credit", "7", part], paper.screen)
        #expect(status == (part == "1=2=3" ? .unreachable : .usage), "\(paper.err)")
    }

    @Test(arguments: ["INV-2026-000001=", "=50.00", "="])
    func `what a payment is for is written out whole`(part: String) async throws {
        await #expect(throws: UsageError.self) {
            try await SocketClient.with(socket: SocketPath("/tmp/none.sock")) { client in
                _ = try await desk(client, Paper()).allocation(part)
            }
        }
    }

    @Test func `an access that is over is not called good`() {
        var row = AccessRow()
        #expect(row.stands(nowMs: 1_000) == "good")
        row.expiresAt = 1_000
        #expect(row.stands(nowMs: 999) == "good" && row.stands(nowMs: 1_000) == "expired")
        row.revoked = true
        #expect(row.stands(nowMs: 1_000) == "revoked")
    }
}
