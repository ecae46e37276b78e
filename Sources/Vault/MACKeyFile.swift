import Crypto

/// One day's key of requests in its file, `<keys>/mac/<number>.key`: 32 random bytes, then the first 8 of
/// SHA-256("daybook.mac.1" ‖ 0 ‖ number u32 BE ‖ the 32 bytes), which tell a damaged file.
///
/// A file of 32 bytes, as they were made before, has no check and is taken as it is.
enum MACKeyFile {
    static let suffix = ".key"
    private static let keyBytes = 32
    private static let checkBytes = 8

    /// The number in a file's name; nil for another file.
    static func number(of name: String) -> UInt32? {
        guard let number = UInt32(name.dropLast(suffix.count)), name == "\(number)\(suffix)" else { return nil }
        return number
    }

    static func path(_ number: UInt32, in folder: String) -> String { "\(folder)/\(number)\(suffix)" }

    /// Makes the file of a new key.
    static func make(_ number: UInt32, in folder: String) throws(VaultOpeningError) -> SymmetricKey {
        let bytes = [UInt8].random(count: keyBytes)
        try PrivateFiles.write(bytes + check(bytes, number), to: path(number, in: folder))
        return SymmetricKey(data: bytes)
    }

    /// Nil for a file that is damaged.
    ///
    /// - Throws: what keeps it from being read: others may read it, or the disk cannot.
    static func read(
        _ number: UInt32, in folder: String, anyonesToo: Bool = false
    ) throws(VaultOpeningError) -> SymmetricKey? {
        let bytes: [UInt8]?
        do throws(VaultOpeningError) {
            bytes = try PrivateFiles.read(
                path(number, in: folder), limitBytes: keyBytes + checkBytes, anyonesToo: anyonesToo)
        } catch .keyFileDamaged {
            return nil
        }
        guard let bytes, bytes.count >= keyBytes else { return nil }
        let key = [UInt8](bytes[..<keyBytes])
        let isUnchecked = bytes.count == keyBytes
        guard isUnchecked || [UInt8](bytes[keyBytes...]) == check(key, number) else { return nil }
        return SymmetricKey(data: key)
    }

    private static func check(_ key: [UInt8], _ number: UInt32) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: [UInt8]("daybook.mac.1".utf8) + [0])
        hash.update(data: Swift.withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) })
        hash.update(data: key)
        return [UInt8](hash.finalize().prefix(checkBytes))
    }
}
