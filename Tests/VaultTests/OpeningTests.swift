import Crypto
import Foundation
import TestKit
import Testing

@testable import Vault

struct OpeningTests {
    @Test func `everything made is for its owner alone`() throws {
        let clinic = try TemporaryClinic()
        _ = try clinic.create().takeSpare()
        _ = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        for folder in ["\(clinic.data)/vault", clinic.keys, "\(clinic.keys)/mac"] {
            #expect(try clinic.mode(folder) == 0o700)
        }
        let files = [
            "\(clinic.data)/vault/data.mdb", "\(clinic.data)/vault/lock.mdb", "\(clinic.keys)/epoch-1.key",
            "\(clinic.keys)/mac/0.key",
        ]
        for file in files { #expect(try clinic.mode(file) == 0o600) }
    }

    @Test func `the epoch's key lies nowhere in the data folder`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        _ = try vault.takeSpare()
        let key = vault.epoch.key.withUnsafeBytes { Data($0) }
        let stored = try Data(contentsOf: URL(filePath: "\(clinic.data)/vault/data.mdb"))
        #expect(stored.range(of: vault.epoch.fingerprint.withUnsafeBytes { Data($0) }) != nil)
        #expect(stored.range(of: key) == nil)
    }

    @Test func `a vault is not made over another`() throws {
        let clinic = try TemporaryClinic()
        let (box, id) = try {
            let vault = try clinic.create()
            let id = try vault.takeSpare()
            return (try vault.seal("x", with: id, at: Golden.place), id)
        }()
        #expect(throws: VaultOpeningError.vaultExists(path: "\(clinic.data)/vault")) { _ = try clinic.create() }
        #expect(try clinic.open { $0 == id }.open(box, at: Golden.place) == "x")
    }

    @Test func `a creation that a crash cut short goes on with the key it had written`() throws {
        let clinic = try TemporaryClinic()
        try FileManager.default.createDirectory(
            atPath: clinic.keys, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        let written = EpochKey.fresh(number: 1, logID: clinic.logID)
        try PrivateFiles.write(written.fileBytes, to: "\(clinic.keys)/epoch-1.key")
        let vault = try clinic.create()
        #expect(vault.epoch.key == written.key)
    }

    @Test func `a missing vault, keys folder or key says which`() throws {
        let clinic = try TemporaryClinic()
        #expect(try clinic.openingError() == .vaultMissing(path: "\(clinic.data)/vault"))
        _ = try clinic.create()
        let key = "\(clinic.keys)/epoch-1.key"
        try FileManager.default.moveItem(atPath: key, toPath: "\(clinic.root)/aside")
        #expect(try clinic.openingError() == .epochKeyMissing(path: key))
        try FileManager.default.removeItem(atPath: clinic.keys)
        #expect(try clinic.openingError() == .keysFolderMissing(path: clinic.keys))
    }

    @Test(arguments: ["keys", "spares", "meta"])
    func `a vault that has lost a table is not gone on with as if it were empty`(_ name: String) throws {
        let clinic = try TemporaryClinic()
        _ = try clinic.create()
        try flip(key: name, inFile: "\(clinic.data)/vault/data.mdb")
        let place = "the table \(name) is not there, though others are"
        #expect(try clinic.openingError() == .vaultDamaged(path: "\(clinic.data)/vault", place: place))
    }

    @Test func `the keys of another log are refused, and so is the vault of another log`() throws {
        let clinic = try TemporaryClinic()
        let other = try TemporaryClinic(logID: Golden.bytes(0xb0, 16))
        _ = try clinic.create()
        _ = try other.create()
        let key = "\(clinic.keys)/epoch-1.key"
        try clinic.write(clinic.bytes("\(other.keys)/epoch-1.key"), key)
        #expect(try clinic.openingError() == .otherLog(path: key))
        #expect(throws: VaultOpeningError.otherLog(path: "\(clinic.data)/vault")) {
            _ = try KeyVault(dataDirectory: clinic.data, keysDirectory: other.keys, logID: other.logID)
        }
    }

    @Test func `a key that has the right name but not the right bytes is refused`() throws {
        let clinic = try TemporaryClinic()
        _ = try clinic.create()
        let key = "\(clinic.keys)/epoch-1.key"
        try clinic.write(EpochKey.fresh(number: 1, logID: clinic.logID).fileBytes, key)
        #expect(try clinic.openingError() == .wrongEpochKey(path: key))
        try clinic.write(EpochKey.fresh(number: 2, logID: clinic.logID).fileBytes, key)
        #expect(try clinic.openingError() == .wrongEpochKey(path: key))
        try clinic.write([UInt8](repeating: 0x41, count: 200), key)
        #expect(try clinic.openingError() == .keyFileDamaged(path: key))
        try clinic.write([UInt8](repeating: 0x41, count: 5_000), key)
        #expect(try clinic.openingError() == .keyFileDamaged(path: key))
        try clinic.write([], key)
        #expect(try clinic.openingError() == .keyFileDamaged(path: key))
    }

    @Test func `what others may read is refused until it is closed`() throws {
        let clinic = try TemporaryClinic()
        _ = try clinic.create()
        let loose: [(String, Int, Int)] = [
            (clinic.keys, 0o750, 0o700), ("\(clinic.keys)/epoch-1.key", 0o640, 0o600),
            ("\(clinic.data)/vault", 0o701, 0o700), ("\(clinic.data)/vault/data.mdb", 0o602, 0o600),
        ]
        for (path, open, closed) in loose {
            try clinic.setMode(open, path)
            #expect(try clinic.openingError() == .loosePermissions(path: path, mode: UInt32(open)))
            try clinic.setMode(closed, path)
            #expect(try clinic.openingError() == nil)
        }
    }

    @Test func `keys inside the data folder are refused, by whatever path`() throws {
        let clinic = try TemporaryClinic()
        let link = "\(clinic.root)/elsewhere"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: clinic.data)
        for keys in ["\(clinic.data)/keys", "\(link)/keys", "\(clinic.data)/../clinic"] {
            #expect(throws: VaultOpeningError.keysInsideData(path: keys)) {
                _ = try KeyVault.create(dataDirectory: clinic.data, keysDirectory: keys, logID: clinic.logID)
            }
        }
    }

    @Test func `no error text holds a key`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let key = Hex.encode(vault.epoch.key.withUnsafeBytes { [UInt8]($0) })
        let errors: [VaultOpeningError] = [
            .wrongEpochKey(path: clinic.keys), .loosePermissions(path: clinic.keys, mode: 0o644),
            .file(call: "open", path: clinic.keys, code: 13),
        ]
        for error in errors { #expect(!"\(error)".contains(key) && "\(error)".contains(clinic.keys)) }
        #expect("\(errors[1])".contains("644"))
        #expect(!String(describing: vault.epoch.key).contains(key))
    }
}
