import Crypto
import LMDBKit

/// What the vault keeps under a key id.
///
/// On disk: kind u8 ‖ epoch u32 BE ‖ (kind 1: nonce 12 ‖ wrapped key 32 ‖ tag 16) ‖ CRC-32C u32 LE over key id ‖ all
/// before. The epoch is in the wrap so that an erasure can move the surviving keys to a new one.
enum KeyEntry: Equatable {
    /// Kind 1: a data key under the key of `epoch`.
    case wrapped(epoch: UInt32, sealed: [UInt8])
    /// Kind 2: the key was destroyed when `epoch` ended. Kept for ever, so that absence is never taken for erasure.
    case tombstone(epoch: UInt32)

    private static let headBytes = 5
    private static let wrappedBytes = 60

    func encoded(for id: KeyID) -> [UInt8] {
        var bytes: [UInt8] = []
        switch self {
        case .wrapped(let epoch, let sealed):
            bytes.append(1)
            bytes.appendBigEndian(epoch)
            bytes += sealed
        case .tombstone(let epoch):
            bytes.append(2)
            bytes.appendBigEndian(epoch)
        }
        return Checksummed.encode(bytes, key: id.bytes)
    }

    /// Nil when the checksum or the form does not hold.
    init?(_ value: UnsafeRawBufferPointer, for id: KeyID) {
        guard let bytes = Checksummed.decode(value, key: id.bytes), bytes.count >= Self.headBytes else { return nil }
        let epoch = bytes[1..<Self.headBytes].bigEndian(as: UInt32.self)
        let rest = bytes[Self.headBytes...]
        switch (bytes[0], rest.count) {
        case (1, Self.wrappedBytes): self = .wrapped(epoch: epoch, sealed: [UInt8](rest))
        case (2, 0): self = .tombstone(epoch: epoch)
        default: return nil
        }
    }
}

/// The form of every value in the vault: the bytes, then a CRC-32C over key ‖ bytes, little-endian. LMDB itself
/// notices few flipped bits.
enum Checksummed {
    static func encode(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        let checksum = crc(key: key, bytes)
        return bytes + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> (8 * $0)) }
    }

    static func decode(_ value: UnsafeRawBufferPointer, key: [UInt8]) -> [UInt8]? {
        guard value.count >= 4 else { return nil }
        let bytes = [UInt8](value.dropLast(4))
        let stored = value.suffix(4).reversed().bigEndian(as: UInt32.self)
        return crc(key: key, bytes) == stored ? bytes : nil
    }

    private static func crc(key: [UInt8], _ bytes: [UInt8]) -> UInt32 {
        var crc = CRC32C()
        key.withUnsafeBytes { crc.update($0) }
        bytes.withUnsafeBytes { crc.update($0) }
        return crc.value
    }
}
