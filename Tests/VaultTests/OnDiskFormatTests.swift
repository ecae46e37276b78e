import Crypto
import Testing

@testable import Vault

/// What lies in the vault and in the key files, against bytes made elsewhere.
struct OnDiskFormatTests {
    private static let epoch = EpochKey(logID: Golden.logID, number: 1, key: Golden.key)
    private static let entry =
        "0100000001707172737475767778797a7b970638a4374c1ab3cca3bc595dcd3f583da6571e900eda2d3d17a3dfd82a88a19f9ed109"
        + "054c169126d92d1f58a0dbf1c79e2bd1"

    private func decode(_ bytes: [UInt8]) -> KeyEntry? {
        bytes.withUnsafeBytes { KeyEntry($0, for: Golden.keyID) }
    }

    @Test func `a wrapped key of another implementation unwraps`() throws {
        let bytes = try #require(Hex.decode(Self.entry))
        let entry = try #require(decode(bytes))
        let key = try Self.epoch.unwrap(entry, id: Golden.keyID)
        #expect(key == SymmetricKey(data: Golden.bytes(0x80, 32)))
        #expect(Hex.encode(entry.encoded(for: Golden.keyID)) == Self.entry)
    }

    @Test func `a wrapped key with any one bit flipped is damaged`() throws {
        let good = try #require(Hex.decode(Self.entry))
        for bit in 0..<(good.count * 8) {
            var bytes = good
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(decode(bytes) == nil)
        }
        for count in 0..<good.count { #expect(decode([UInt8](good.prefix(count))) == nil) }
    }

    @Test func `a key wrapped for another log, epoch or id does not unwrap`() throws {
        let dataKey = SymmetricKey(size: .bits256)
        let entry = try Self.epoch.wrap(dataKey, id: Golden.keyID)
        let otherID = try #require(KeyID(Golden.bytes(0x11, 16)))
        let others = [
            EpochKey(logID: Golden.bytes(0xa1, 16), number: 1, key: Golden.key),
            EpochKey(logID: Golden.logID, number: 2, key: Golden.key),
            EpochKey(logID: Golden.logID, number: 1, key: dataKey),
        ]
        #expect(try Self.epoch.unwrap(entry, id: Golden.keyID) == dataKey)
        for other in others {
            #expect(
                vaultError { () throws(VaultError) in try other.unwrap(entry, id: Golden.keyID) }
                    == .damagedKey(Golden.keyID))
        }
        #expect(
            vaultError { () throws(VaultError) in try Self.epoch.unwrap(entry, id: otherID) } == .damagedKey(otherID))
    }

    @Test func `a tombstone is nine bytes that say the epoch`() {
        #expect(Hex.encode(KeyEntry.tombstone(epoch: 1).encoded(for: Golden.keyID)) == "02000000015d6af3df")
        #expect(Hex.decode("02000000015d6af3df").flatMap(decode) == .tombstone(epoch: 1))
    }

    @Test func `the vault describes itself in bytes that do not change`() throws {
        let golden =
            "646179626f6f6b2e7661756c742e3100a0a1a2a3a4a5a6a7a8a9aaabacadaeaf00000001ad8102b6ed2694b1dc4f4058d4c9e15e"
            + "a515569dceeebb5652746a9b65cd45a2716e8d69"
        let description = VaultDescription(Self.epoch)
        #expect(Hex.encode(description.encoded) == golden)
        #expect(description.encoded.withUnsafeBytes { VaultDescription($0) } == description)
    }

    @Test func `an epoch's key file is five lines of text`() throws {
        let text = """
            daybook.epoch.1
            log a0a1a2a3a4a5a6a7a8a9aaabacadaeaf
            epoch 1
            key 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
            check f14e8bb6a53823bc

            """
        #expect(String(decoding: Self.epoch.fileBytes, as: UTF8.self) == text)
        let read = try #require(EpochKey(fileBytes: Array(text.utf8)))
        #expect(read.key == Golden.key && read.number == 1 && read.logID == Golden.logID)
    }

    @Test func `a key file with any bit flipped or any byte missing is no key file`() {
        let good = Self.epoch.fileBytes
        for bit in 0..<(good.count * 8) {
            var bytes = good
            bytes[bit / 8] ^= 1 << (bit % 8)
            #expect(EpochKey(fileBytes: bytes) == nil, "bit \(bit)")
        }
        for count in 0..<good.count { #expect(EpochKey(fileBytes: [UInt8](good.prefix(count))) == nil) }
        #expect(EpochKey(fileBytes: good + [0x0a]) == nil)
    }
}
