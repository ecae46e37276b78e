import EventStore
import Foundation
import Testing

/// The verifier in `tools/verifier-go`, which trusts nothing but golang.org/x/mod.
struct ForeignVerifier {
    let binary: String

    /// Builds it from the packages which Debian has.
    init(in folder: TemporaryFolder) throws {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../tools/verifier-go"
        binary = folder.path + "/verifier"
        let build = try Self.run(
            "/usr/bin/go", ["build", "-o", binary, "."], in: source,
            environment: [
                "GO111MODULE": "off", "GOPATH": "\(folder.path):/usr/share/gocode", "GOCACHE": folder.path + "/cache",
                "PATH": "/usr/bin:/bin",
            ])
        #expect(build.status == 0, "\(build.output)")
    }

    func callAsFunction(_ arguments: String...) throws -> (status: Int32, output: String) {
        try Self.run(binary, arguments, in: "/", environment: [:])
    }

    private static func run(
        _ path: String, _ arguments: [String], in directory: String, environment: [String: String]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}

struct ForeignVerifierTests {
    static let isInstalled =
        FileManager.default.fileExists(atPath: "/usr/bin/go")
        && FileManager.default.fileExists(atPath: "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")

    @Test(.enabled(if: isInstalled, "needs golang-go and golang-golang-x-mod-dev"))
    func `a verifier nobody here wrote accepts a log of 70000 events and refuses every tampering`() throws {
        let published = try Published()
        try published.append(1)
        _ = try published.publisher().publish()
        for _ in 0..<70 { try published.append(1_000) }
        _ = try published.publisher().publish()
        let verify = try ForeignVerifier(in: published.folder)
        let tiles = published.folder.data + "/tiles"
        let vkey = published.signer.key.vkey
        let whole = try verify("-tiles", tiles, "-vkey", vkey, "-all", "-tamper")
        #expect(whole.status == 0, "\(whole.output)")
        #expect(whole.output.contains("records: all 70001 give the root that was signed"))
        #expect(whole.output.components(separatedBy: "tampering: ").count == 9)
        let some = try verify("-tiles", tiles, "-vkey", vkey, "-index", "0,123,69999", "-old", "69000")
        #expect(some.status == 0, "\(some.output)")
        let dumped = try verify("-tiles", tiles, "-vkey", vkey, "-dump", "123")
        #expect(dumped.status == 0)
        #expect(Array(dumped.output.utf8) == (try published.log.record(at: 123)))
        let stranger = try CheckpointSigner(name: published.log.identity.origin, seed: Array(0..<32))
        #expect(try verify("-tiles", tiles, "-vkey", stranger.key.vkey).status == 1)
        #expect(try verify("-tiles", tiles).status == 2)
    }

    @Test(.enabled(if: isInstalled, "needs golang-go and golang-golang-x-mod-dev"))
    func `logs of every awkward size are accepted`() throws {
        let published = try Published()
        let verify = try ForeignVerifier(in: published.folder)
        for size in [1, 2, 3, 255, 256, 257, 511, 512, 513] as [UInt64] {
            try published.append(Int(size - published.log.size))
            _ = try published.publisher().publish()
            let answer = try verify(
                "-tiles", published.folder.data + "/tiles", "-vkey", published.signer.key.vkey, "-all", "-tamper")
            #expect(answer.status == 0, "size \(size): \(answer.output)")
        }
    }
}
