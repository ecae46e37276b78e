import Foundation
import Testing

@testable import Vault

/// A data and a keys folder side by side, removed with the value.
final class TemporaryClinic: Sendable {
    let root: String
    let logID: [UInt8]

    var data: String { "\(root)/clinic" }
    var keys: String { "\(root)/clinic.keys" }

    init(logID: [UInt8] = Golden.logID) throws {
        self.logID = logID
        root = FileManager.default.temporaryDirectory.appending(path: "vault-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: "\(root)/clinic", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func create() throws -> KeyVault {
        try KeyVault.create(dataDirectory: data, keysDirectory: keys, logID: logID)
    }

    func open(isUsed: (KeyID) -> Bool = { _ in false }) throws -> KeyVault {
        let vault = try KeyVault(dataDirectory: data, keysDirectory: keys, logID: logID)
        try vault.findSpares(isUsed: isUsed)
        return vault
    }

    /// Why opening is refused; nil when it is not.
    func openingError() throws -> VaultOpeningError? {
        do {
            _ = try open()
            return nil
        } catch let error as VaultOpeningError {
            return error
        }
    }

    func mode(_ path: String) throws -> Int {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }
}

/// The vault's refusal to do `body`; nil when it does it.
func vaultError<Result>(_ body: () throws(VaultError) -> Result) -> VaultError? {
    do throws(VaultError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
