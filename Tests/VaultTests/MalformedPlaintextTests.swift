import Crypto
import Testing

@testable import Vault

/// Boxes whose seal is good and whose inside no sealer of ours makes.
struct MalformedPlaintextTests {
    private func opens(_ plaintext: [UInt8], text: [UInt8]) throws -> Bool {
        let sealed = try Sealing.seal(
            plaintext, with: Golden.key, keyID: Golden.keyID, nonce: Golden.nonce,
            associatedData: AssociatedData.box(place: Golden.place, keyID: Golden.keyID))
        let commitment = [UInt8](SHA256.hash(data: Golden.salt + text))
        let box = SealedBox(keyID: Golden.keyID, box: sealed, commitment: commitment)
        let error = vaultError { () throws(VaultError) in
            try BoxFormat.open(box, with: Golden.key, at: Golden.place)
        }
        #expect(error == nil || error == .damaged(Golden.keyID))
        return error == nil
    }

    private func plaintext(count: UInt32, _ text: [UInt8], total: Int = 32) -> [UInt8] {
        var bytes = Golden.salt
        bytes.appendBigEndian(count)
        bytes += text
        return bytes + [UInt8](repeating: 0, count: max(0, 32 + total - bytes.count))
    }

    @Test func `the form itself opens, so that the refusals below mean something`() throws {
        #expect(try opens(plaintext(count: 2, [0x68, 0x69]), text: [0x68, 0x69]))
    }

    @Test func `a length that the box does not have is damage, however large`() throws {
        for count: UInt32 in [29, 60, 49_152, 49_153, 0x7fff_ffff, .max] {
            #expect(try !opens(plaintext(count: count, [0x68, 0x69]), text: [0x68, 0x69]))
        }
    }

    @Test func `padding that is not zero, or more than is needed, is damage`() throws {
        var spoilt = plaintext(count: 2, [0x68, 0x69])
        spoilt[spoilt.count - 1] = 1
        #expect(try !opens(spoilt, text: [0x68, 0x69]))
        #expect(try !opens(plaintext(count: 2, [0x68, 0x69], total: 64), text: [0x68, 0x69]))
    }

    @Test func `bytes that are no UTF-8, or hold a NUL, are damage and are never repaired`() throws {
        for text: [UInt8] in [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0x61, 0, 0x62]] {
            #expect(try !opens(plaintext(count: UInt32(text.count), text), text: text))
        }
    }

    @Test func `an inside without salt or length is damage`() throws {
        for count in [0, 1, 31, 32, 35] {
            #expect(try !opens([UInt8](repeating: 0, count: count), text: []))
        }
    }
}
