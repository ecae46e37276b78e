import LMDBKit
import Testing

@testable import Vault

struct LostKeyTests {
    /// Three boxes under each of four keys.
    private func sealed(_ vault: KeyVault) throws -> [(box: SealedBox, place: BoxPlace, text: String)] {
        var boxes: [(SealedBox, BoxPlace, String)] = []
        for person in 0..<4 {
            let id = try vault.takeSpare()
            for field in 0..<3 {
                let place = vault.place(position: UInt64(person), ordinal: UInt32(field))
                let text = "person \(person), field \(field)"
                boxes.append((try vault.seal(text, with: id, at: place), place, text))
            }
        }
        return boxes
    }

    @Test func `deleting one wrapped key makes exactly its boxes fail, as unknown`() throws {
        let clinic = try TemporaryClinic()
        let boxes = try {
            let vault = try clinic.create()
            let boxes = try sealed(vault)
            let gone = boxes[3].box.keyID
            #expect(try vault.environment.write { try vault.tables.delete(gone, in: $0) })
            return boxes
        }()
        let vault = try clinic.open { _ in true }
        for (index, sealed) in boxes.enumerated() {
            if (3..<6).contains(index) {
                #expect(refusal(vault, sealed.box, sealed.place) == .unknownKey(sealed.box.keyID))
            } else {
                #expect(try vault.open(sealed.box, at: sealed.place) == sealed.text)
            }
        }
    }

    @Test func `a tombstone reads erased at once and after a restart, for its boxes alone`() throws {
        let clinic = try TemporaryClinic()
        let check = { (vault: KeyVault, boxes: [(box: SealedBox, place: BoxPlace, text: String)]) in
            for (index, sealed) in boxes.enumerated() {
                let expected: VaultError? = (6..<9).contains(index) ? .erased(sealed.box.keyID) : nil
                #expect(self.refusal(vault, sealed.box, sealed.place) == expected)
            }
        }
        let boxes = try {
            let vault = try clinic.create()
            let boxes = try sealed(vault)
            try vault.bury(boxes[6].box.keyID)
            check(vault, boxes)
            let resealed = vaultError { () throws(VaultError) in
                try vault.seal("x", with: boxes[6].box.keyID, at: boxes[6].place)
            }
            #expect(resealed == .erased(boxes[6].box.keyID))
            return boxes
        }()
        check(try clinic.open { _ in true }, boxes)
    }

    @Test func `a damaged entry is neither unknown nor erased`() throws {
        let clinic = try TemporaryClinic()
        let boxes = try {
            let vault = try clinic.create()
            let boxes = try sealed(vault)
            try vault.environment.write { transaction in
                let keys = try RawTable(existing: "keys", in: transaction)
                let id = boxes[0].box.keyID
                let value = try keys.get(id.bytes, in: transaction) { [UInt8]($0) }
                var bytes = try #require(value)
                bytes[30] ^= 1
                try keys.put(id.bytes, bytes, in: transaction)
            }
            return boxes
        }()
        let vault = try clinic.open { _ in true }
        #expect(refusal(vault, boxes[0].box, boxes[0].place) == .damagedKey(boxes[0].box.keyID))
        #expect(refusal(vault, boxes[3].box, boxes[3].place) == nil)
    }

    @Test func `a box moved to another key of the same vault is damaged`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let boxes = try sealed(vault)
        var moved = boxes[0].box
        moved.keyID = boxes[3].box.keyID
        #expect(refusal(vault, moved, boxes[0].place) == .damaged(moved.keyID))
    }

    private func refusal(_ vault: KeyVault, _ box: SealedBox, _ place: BoxPlace) -> VaultError? {
        vaultError { () throws(VaultError) in try vault.open(box, at: place) }
    }
}
