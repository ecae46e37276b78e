import Foundation

/// The secret to show: that of the member named by `--as`, else the file that `$DAYBOOK_TOKEN_FILE` names, else none, and
/// the daemon goes by the user id.
struct TokenFinder {
    var member: String?
    /// `--tokens`.
    var folder: String?
    var socket: String
    var surroundings: Surroundings

    /// - Throws: `UsageError` when there is no such token file, or its content is no secret.
    func secret() async throws -> String? {
        if let member { return try secret(in: try await file(of: member)) }
        return try surroundings.variable("DAYBOOK_TOKEN_FILE").map(secret)
    }

    private func secret(in path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= 4_096 else {
            throw UsageError("The token file \(path) cannot be read.")
        }
        let secret = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        // What goes into a header must be visible ASCII.
        guard !secret.isEmpty, secret.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw UsageError("The token file \(path) holds no secret.")
        }
        return secret
    }

    private func file(of member: String) async throws -> String {
        let folders = try await self.folders()
        var known: Set<String> = []
        var meant: Set<String> = []
        for folder in folders {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let members = names.filter { $0.hasSuffix(".token") }.map { String($0.dropLast(6)) }
            if members.contains(member) { return "\(folder)/\(member).token" }
            let close = members.filter { $0.lowercased().contains(member.lowercased()) }
            if close.count == 1 { return "\(folder)/\(close[0]).token" }
            known.formUnion(members)
            meant.formUnion(close)
        }
        guard meant.isEmpty else {
            throw UsageError(
                "“\(member)” may be any of \(meant.count). Say more of the name:", choices: meant.sorted())
        }
        let whom = known.isEmpty ? "" : " There are tokens of " + known.sorted().joined(separator: ", ") + "."
        throw UsageError("There is no token file for \(member) in \(folders.joined(separator: " or ")).\(whom)")
    }

    private func folders() async throws -> [String] {
        if let folder { return [folder] }
        if let variable = surroundings.variable("DAYBOOK_TOKENS") { return [variable] }
        if let configured = try await ClientConfig.load(surroundings).tokens { return [configured] }
        // A socket lies in its data folder unless somebody put it elsewhere.
        let data = URL(fileURLWithPath: socket).deletingLastPathComponent()
        return [data.path + ".tokens", data.deletingLastPathComponent().path + "/tokens", data.path + "/tokens"]
    }
}
