import Foundation
import Vault

/// Sheets that were sent in and wait for their turn: sealed under a key that seals nothing else, gone when read.
struct SealedUpload: Sendable {
    private let path: String
    private let key: KeyID
    private let owner: UInt64
    let sha256OfSealed: [UInt8]

    private static let prefix = "upload-"

    init(_ contents: [UInt8], of owner: UInt64, in folder: String, sealedBy vault: KeyVault) throws {
        key = try vault.takeSpare()
        self.owner = owner
        path = "\(folder)/\(Self.prefix)\(UUID().uuidString)"
        do {
            let sealed = try vault.sealContents(contents, .scratch, owner: owner, with: key)
            sha256OfSealed = Hashing.sha256(sealed)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(sealed).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
            try? FileManager.default.removeItem(atPath: path)
            vault.giveBackSpare(key)
            throw error
        }
    }

    /// What was sent in. The file is removed, and its key is a spare again.
    func take(openedBy vault: KeyVault) throws -> [UInt8] {
        defer { discard(vault) }
        let sealed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try vault.openContents(sealed, .scratch, owner: owner, with: key)
    }

    /// Removes it unread; nothing when it is gone already.
    func discard(_ vault: KeyVault) {
        guard (try? FileManager.default.removeItem(atPath: path)) != nil else { return }
        vault.giveBackSpare(key)
    }

    /// Removes what a run that ended suddenly has left: the jobs it waited for are gone. Its keys are found among the
    /// spares.
    static func removeAll(in folder: String) throws {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix(prefix) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }
}
