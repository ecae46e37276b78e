import Crypto
import LMDBKit

/// A fingerprint of tables: SHA-256 over their names, keys and values in order, each after its length.
public enum Digest {
    /// Hexadecimal. Equal digests at one position mean equal rows.
    ///
    /// - Parameter mayGoOn: asked every 64 rows; an error of it ends the reading.
    public static func of(
        _ tables: [RawTable], in transaction: borrowing some Transaction & ~Copyable,
        mayGoOn: () throws -> Void = {}
    ) throws -> String {
        var hash = SHA256()
        var rows = 0
        for table in tables.sorted(by: { $0.name < $1.name }) {
            add(Array(table.name.utf8), to: &hash)
            try table.scan(in: transaction) { key, value in
                add(key, to: &hash)
                add(value, to: &hash)
                rows += 1
                if rows % 64 == 0 { try mayGoOn() }
                return .next
            }
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func add(_ bytes: UnsafeRawBufferPointer, to hash: inout SHA256) {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: bytes)
    }

    private static func add(_ bytes: [UInt8], to hash: inout SHA256) {
        bytes.withUnsafeBytes { add($0, to: &hash) }
    }
}
