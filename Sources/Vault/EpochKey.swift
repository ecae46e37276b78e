import Crypto

/// The key that wraps every data key, kept apart from the data. To erase is to destroy an epoch's key.
struct EpochKey: Sendable {
    let logID: [UInt8]
    /// From 1, rising with each erasure.
    let number: UInt32
    let key: SymmetricKey

    static func path(number: UInt32, keysDirectory: String) -> String { "\(keysDirectory)/epoch-\(number).key" }

    func wrap(_ dataKey: SymmetricKey, id: KeyID) throws(VaultError) -> KeyEntry {
        let sealed = try Sealing.seal(
            dataKey.withUnsafeBytes { [UInt8]($0) }, with: key, keyID: id, nonce: .random(count: BoxFormat.nonceBytes),
            associatedData: AssociatedData.wrappedKey(logID: logID, epoch: number, keyID: id))
        return .wrapped(epoch: number, sealed: sealed)
    }

    /// The data key of an entry.
    func unwrap(_ entry: KeyEntry, id: KeyID) throws(VaultError) -> SymmetricKey {
        guard case .wrapped(let epoch, let sealed) = entry else { throw .erased(id) }
        guard epoch == number,
            let bytes = try? Sealing.open(
                sealed, with: key, keyID: id,
                associatedData: AssociatedData.wrappedKey(logID: logID, epoch: epoch, keyID: id))
        else { throw .damagedKey(id) }
        return SymmetricKey(data: bytes)
    }

    /// 32 bytes by which the vault knows this key again, and which do not tell it.
    var fingerprint: [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: [UInt8]("daybook.epoch.1".utf8) + [0])
        mac.update(data: logID)
        mac.update(data: Swift.withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) })
        return [UInt8](mac.finalize())
    }
}

extension EpochKey {
    private static let title = "daybook.epoch.1"

    static func fresh(number: UInt32, logID: [UInt8]) -> EpochKey {
        EpochKey(logID: logID, number: number, key: SymmetricKey(size: .bits256))
    }

    /// The key file: five lines of text, so that it can be copied, printed and typed in again. The last is the
    /// beginning of SHA-256 over the others, which tells a damaged file from a wrong one.
    var fileBytes: [UInt8] {
        let lines =
            "\(Self.title)\nlog \(Hex.encode(logID))\nepoch \(number)\n"
            + "key \(Hex.encode(key.withUnsafeBytes { [UInt8]($0) }))\n"
        return [UInt8]("\(lines)check \(Self.check(lines))\n".utf8)
    }

    /// Nil when the bytes are not a key file to the letter.
    init?(fileBytes: [UInt8]) {
        guard let text = String(validating: fileBytes, as: UTF8.self) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 6, lines[0] == Self.title, lines[5].isEmpty,
            let logID = Self.value(of: "log", in: lines[1]).flatMap({ Hex.decode($0) }), logID.count == 16,
            let number = Self.value(of: "epoch", in: lines[2]).flatMap({ UInt32($0) }),
            let key = Self.value(of: "key", in: lines[3]).flatMap({ Hex.decode($0) }), key.count == 32
        else { return nil }
        self.init(logID: logID, number: number, key: SymmetricKey(data: key))
        guard self.fileBytes == fileBytes else { return nil }
    }

    private static func value(of name: String, in line: Substring) -> Substring? {
        line.hasPrefix("\(name) ") ? line.dropFirst(name.count + 1) : nil
    }

    private static func check(_ lines: String) -> String {
        Hex.encode(SHA256.hash(data: [UInt8](lines.utf8)).prefix(8))
    }
}
