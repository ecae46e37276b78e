import Crypto
import Testing

@testable import Vault

struct BoxFormatTests {
    @Test func `a box is byte for byte what another implementation makes`() throws {
        let sealed = try BoxFormat.seal(
            Golden.text, with: Golden.key, keyID: Golden.keyID, at: Golden.place,
            randomness: BoxFormat.Randomness(salt: Golden.salt, nonce: Golden.nonce))
        #expect(sealed == Golden.box)
        let opened = try BoxFormat.open(Golden.box, with: Golden.key, at: Golden.place)
        #expect(opened == OpenedText(text: Golden.text, salt: Golden.salt))
    }

    @Test func `a box opens at its own place under its own names only`() throws {
        let place = Golden.place
        var otherKeyID = Golden.box
        otherKeyID.keyID = try #require(KeyID(Golden.bytes(0x11, 16)))
        let places = [
            BoxPlace(logID: Golden.bytes(0xa1, 16), position: place.position, ordinal: place.ordinal),
            BoxPlace(logID: place.logID, position: place.position + 1, ordinal: place.ordinal),
            BoxPlace(logID: place.logID, position: place.position, ordinal: place.ordinal + 1),
        ]
        for other in places { #expect(refusal(Golden.box, at: other) == .damaged(Golden.keyID)) }
        #expect(refusal(otherKeyID, at: place) == .damaged(otherKeyID.keyID))
        #expect(refusal(Golden.box, with: SymmetricKey(size: .bits256), at: place) == .damaged(Golden.keyID))
    }

    @Test func `a box with any one bit flipped does not open`() {
        for bit in 0..<(Golden.box.box.count * 8) {
            var flipped = Golden.box
            flipped.box[bit / 8] ^= 1 << (bit % 8)
            #expect(refusal(flipped) == .damaged(Golden.keyID), "bit \(bit)")
        }
    }

    @Test func `a commitment with any one bit flipped does not let its box open`() {
        for bit in 0..<256 {
            var flipped = Golden.box
            flipped.commitment[bit / 8] ^= 1 << (bit % 8)
            #expect(refusal(flipped) == .damaged(Golden.keyID), "bit \(bit)")
        }
    }

    @Test func `a box cut short or made longer is damaged and traps nowhere`() {
        for count in 0..<Golden.box.box.count {
            var cut = Golden.box
            cut.box = [UInt8](Golden.box.box.prefix(count))
            #expect(refusal(cut) == .damaged(Golden.keyID))
            cut.box = Golden.box.box
            cut.commitment = [UInt8](Golden.box.commitment.prefix(count % 32))
            #expect(refusal(cut) == .damaged(Golden.keyID))
        }
        var longer = Golden.box
        longer.box += [0]
        #expect(refusal(longer) == .damaged(Golden.keyID))
    }

    @Test(
        arguments: [0: 32, 27: 32, 28: 32, 29: 64, 31: 64, 32: 64, 60: 64, 61: 96, 49_152: 49_184].sorted { $0 < $1 })
    func `a text is padded to the least multiple of 32 bytes and comes back exactly`(_ text: Int, _ padded: Int) throws
    {
        let original = String(repeating: "x", count: text)
        let sealed = try BoxFormat.seal(original, with: Golden.key, keyID: Golden.keyID, at: Golden.place)
        #expect(sealed.box.count == 12 + 32 + padded + 16)
        #expect(try BoxFormat.open(sealed, with: Golden.key, at: Golden.place).text == original)
    }

    @Test(arguments: [
        "👩‍👩‍👧‍👦", "e\u{301}", "\u{e9}", "नमस्ते", "a\r\nb\t", " \u{feff}x ", "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}",
    ])
    func `a text comes back in the very bytes it was recorded in`(_ text: String) throws {
        let sealed = try BoxFormat.seal(text, with: Golden.key, keyID: Golden.keyID, at: Golden.place)
        let opened = try BoxFormat.open(sealed, with: Golden.key, at: Golden.place)
        // Swift's == takes a letter with its mark for the composed letter, so compare bytes.
        #expect(Array(opened.text.utf8) == Array(text.utf8))
    }

    @Test func `two boxes of one text have nothing in common`() throws {
        let boxes = try (0..<2).map { _ in
            try BoxFormat.seal(Golden.text, with: Golden.key, keyID: Golden.keyID, at: Golden.place)
        }
        #expect(boxes[0].box.prefix(12) != boxes[1].box.prefix(12))
        #expect(boxes[0].box.suffix(16) != boxes[1].box.suffix(16))
        #expect(boxes[0].commitment != boxes[1].commitment)
    }

    @Test func `text with a NUL or over 48 KiB is refused without being repeated`() {
        let seal = { (text: String) in
            vaultError { () throws(VaultError) in
                try BoxFormat.seal(text, with: Golden.key, keyID: Golden.keyID, at: Golden.place)
            }
        }
        #expect(seal("secret\0secret") == .textContainsNUL)
        #expect(seal(String(repeating: "é", count: 24_577)) == .tooLong(bytes: 49_154, limitBytes: 49_152))
        #expect(seal("secret\0").map { "\($0)".contains("secret") } == false)
    }

    @Test func `salt and text prove a commitment to a stranger, and nothing else does`() {
        let commitment = Golden.box.commitment
        #expect(BoxFormat.commits(commitment, toText: Golden.text, salt: Golden.salt))
        #expect(!BoxFormat.commits(commitment, toText: "Zoe rang.", salt: Golden.salt))
        #expect(!BoxFormat.commits(commitment, toText: Golden.text, salt: Golden.bytes(0x41, 32)))
        // The border between salt and text cannot be moved.
        #expect(!BoxFormat.commits(commitment, toText: "oë rang.", salt: Golden.salt + Array("Z".utf8)))
        #expect(!BoxFormat.commits([], toText: "", salt: []))
    }

    private func refusal(
        _ box: SealedBox, with key: SymmetricKey = Golden.key, at place: BoxPlace = Golden.place
    ) -> VaultError? {
        vaultError { () throws(VaultError) in try BoxFormat.open(box, with: key, at: place) }
    }
}
