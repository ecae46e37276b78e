import Crypto
import Testing

@testable import Vault

struct NameTests {
    private let clinic: TemporaryClinic
    private let vault: KeyVault
    private let id: KeyID

    init() throws {
        clinic = try TemporaryClinic()
        vault = try clinic.create()
        id = try vault.takeSpare()
    }

    private func known(_ box: SealedBox, at place: BoxPlace) -> String? {
        box.commitment.withUnsafeBytes {
            vault.knownName(box.keyID, commitment: $0, position: place.position, ordinal: place.ordinal)
        }
    }

    private func sealed(_ text: String, at position: UInt64) throws -> (box: SealedBox, place: BoxPlace) {
        let place = vault.place(position: position, ordinal: 0)
        return (try vault.seal(text, with: id, at: place), place)
    }

    @Test func `a name that was opened is known at its place and nowhere else`() throws {
        let (box, place) = try sealed("Ada", at: 7)
        #expect(known(box, at: place) == nil)
        #expect(try vault.openName(box, at: place) == "Ada")
        #expect(known(box, at: place) == "Ada")
        #expect(known(box, at: vault.place(position: 8, ordinal: 0)) == nil)
        #expect(known(box, at: vault.place(position: 7, ordinal: 1)) == nil)
        let (other, _) = try sealed("Ada", at: 7)
        #expect(known(other, at: place) == nil)
    }

    @Test func `a name goes with its key`() throws {
        let (box, place) = try sealed("Ada", at: 7)
        #expect(try vault.openName(box, at: place) == "Ada")
        try vault.bury(id)
        #expect(known(box, at: place) == nil)
        #expect(throws: VaultError.erased(id)) { try vault.openName(box, at: place) }
        #expect(known(box, at: place) == nil)
    }

    @Test func `of one person the newest few names are known`() throws {
        let boxes = try (0..<20).map { try sealed("name \($0)", at: $0) }
        for (box, place) in boxes { _ = try vault.openName(box, at: place) }
        #expect(known(boxes[0].box, at: boxes[0].place) == nil)
        #expect(known(boxes[19].box, at: boxes[19].place) == "name 19")
    }

    @Test func `a key that is destroyed while it is read is not kept`() throws {
        let other = try vault.takeSpare()
        var cache = KeyCache()
        let before = cache.forgettings
        let key = SymmetricKey(size: .bits256)
        cache.insert(key, for: id, readAfter: before)
        #expect(cache.key(id) == key)
        cache.forget(id)
        cache.insert(key, for: id, readAfter: before)
        #expect(cache.key(id) == nil)
        cache.insert(key, for: other, readAfter: cache.forgettings)
        #expect(cache.key(other) == key)
    }
}
