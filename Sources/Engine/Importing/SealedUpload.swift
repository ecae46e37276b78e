import Foundation
import Vault

/// Sheets that were sent in and wait for their turn: sealed under a key that seals nothing else, gone when read.
struct SealedUpload: Sendable {
    private let path: String
    private let key: KeyID
    private let owner: UInt64
    let sha256OfSealed: [UInt8]

    init(_ contents: [UInt8], of owner: UInt64, in folder: String, sealedBy vault: KeyVault) throws {
        key = try vault.takeSpare()
        self.owner = owner
        let sealed = try vault.sealContents(contents, .scratch, owner: owner, with: key)
        sha256OfSealed = Hashing.sha256(sealed)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = "\(folder)/upload-\(UUID().uuidString)"
        try Data(sealed).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
    }

    /// What was sent in. The file is removed, and its key is a spare again.
    func take(openedBy vault: KeyVault) throws -> [UInt8] {
        defer { discard(vault) }
        let sealed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        return try vault.openContents(sealed, .scratch, owner: owner, with: key)
    }

    func discard(_ vault: KeyVault) {
        guard (try? FileManager.default.removeItem(atPath: path)) != nil else { return }
        vault.giveBackSpare(key)
    }
}
