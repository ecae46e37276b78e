import DaybookClient
import Foundation
import Testing

@testable import daybook

struct OptionsTests {
    /// A home folder of its own.
    private func withHome<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let home = FileManager.default.temporaryDirectory.path + "/daybook-home-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
        do {
            let result = try await body(home)
            try FileManager.default.removeItem(atPath: home)
            return result
        } catch {
            try FileManager.default.removeItem(atPath: home)
            throw error
        }
    }

    private func surroundings(_ home: String, _ environment: [String: String] = [:]) -> Surroundings {
        Surroundings(environment: environment, home: home, systemConfig: home + "/system.yaml")
    }

    private func write(_ text: String, to path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func `the option wins over the variable, and that over the user's file, and that over the machine's`()
        async throws
    {
        try await withHome { home in
            try write("socket: /run/system.sock\n", to: home + "/system.yaml")
            #expect(try await SocketFinder.find(option: nil, surroundings(home)).description == "/run/system.sock")
            try write("socket: ~/user.sock\n", to: home + "/.config/daybook/daybook.yaml")
            #expect(try await SocketFinder.find(option: nil, surroundings(home)).description == home + "/user.sock")
            try write("socket: /named.sock\n", to: home + "/named.yaml")
            let named = surroundings(home, ["DAYBOOK_CONFIG": home + "/named.yaml"])
            #expect(try await SocketFinder.find(option: nil, named).description == "/named.sock")
            let variable = surroundings(home, ["DAYBOOK_SOCKET": "/variable.sock"])
            #expect(try await SocketFinder.find(option: nil, variable).description == "/variable.sock")
            #expect(try await SocketFinder.find(option: "/option.sock", variable).description == "/option.sock")
        }
    }

    @Test func `no socket named anywhere, or a file that is missing, says so`() async throws {
        try await withHome { home in
            await #expect(throws: UsageError.self) { try await SocketFinder.find(option: nil, surroundings(home)) }
            let missing = surroundings(home, ["DAYBOOK_CONFIG": home + "/none.yaml"])
            await #expect(throws: UsageError.self) { try await SocketFinder.find(option: nil, missing) }
            try write("socket: [unclosed\n", to: home + "/bad.yaml")
            let bad = surroundings(home, ["DAYBOOK_CONFIG": home + "/bad.yaml"])
            await #expect(throws: UsageError.self) { try await SocketFinder.find(option: nil, bad) }
        }
    }

    @Test func `a member's token is found beside the data folder, by name or part of it`() async throws {
        try await withHome { home in
            try write("s3cret\n", to: home + "/tokens/grace-petrov.token")
            try write("other\n", to: home + "/tokens/frontdesk.token")
            let socket = home + "/data/daybook.sock"
            func secret(_ member: String) async throws -> String? {
                try await TokenFinder(member: member, folder: nil, socket: socket, surroundings: surroundings(home))
                    .secret()
            }
            #expect(try await secret("grace-petrov") == "s3cret")
            #expect(try await secret("Petrov") == "s3cret")
            let error = await #expect(throws: UsageError.self) { try await secret("r") }
            #expect(error?.choices == ["frontdesk", "grace-petrov"])
            await #expect(throws: UsageError.self) { try await secret("../tokens/frontdesk") }
        }
    }

    @Test func `without a member the token file counts, and without that the user does`() async throws {
        try await withHome { home in
            try write("abc\n", to: home + "/mine")
            try write("two words\n", to: home + "/bad")
            func secret(_ environment: [String: String]) async throws -> String? {
                try await TokenFinder(
                    member: nil, folder: nil, socket: "/s", surroundings: surroundings(home, environment)
                ).secret()
            }
            #expect(try await secret([:]) == nil)
            #expect(try await secret(["DAYBOOK_TOKEN_FILE": home + "/mine"]) == "abc")
            await #expect(throws: UsageError.self) { try await secret(["DAYBOOK_TOKEN_FILE": home + "/bad"]) }
        }
    }

    @Test func `a secret's file is its owner's alone, and never another's`() async throws {
        try await withHome { home in
            let secret = TokenSecret.make()
            #expect(secret.text.count == 43 && secret.sha256.count == 32)
            try secret.write(to: home + "/secret")
            let attributes = try FileManager.default.attributesOfItem(atPath: home + "/secret")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(throws: UsageError.self) { try secret.write(to: home + "/secret") }
            TokenSecret.discard(home + "/secret", after: ClientError.lost(key: nil, why: "x"))
            #expect(FileManager.default.fileExists(atPath: home + "/secret"))
            TokenSecret.discard(home + "/secret", after: ClientError.refused(Problem(status: 409, title: "x")))
            #expect(!FileManager.default.fileExists(atPath: home + "/secret"))
        }
    }
}
