import Synchronization
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

    @Test func `keys that are destroyed while they are read are not kept`() async throws {
        let boxes = try (0..<50).map { number in
            let id = try vault.takeSpare()
            let place = vault.place(position: UInt64(number), ordinal: 0)
            return (box: try vault.seal("name \(number)", with: id, at: place), place: place)
        }
        for (box, place) in boxes {
            // As if it had been read a moment before it was destroyed.
            vault.cache.withLock { $0.forget(box.keyID) }
            await withTaskGroup { group in
                for _ in 0..<4 { group.addTask { [vault] in _ = try? vault.openName(box, at: place) } }
                group.addTask { [vault] in try? vault.bury(box.keyID) }
            }
            #expect(vault.cache.withLock { $0.key(box.keyID) == nil })
            #expect(known(box, at: place) == nil)
        }
    }
}
