import Clinic
import Foundation
import Schema
import Vault

/// Turns drafts into the bytes that are stored: numbers them, seals what is private, encodes.
///
/// It works for one batch. Spare keys that a dropped batch took are given back.
struct Recorder {
    private let vault: KeyVault
    private(set) var taken: [KeyID] = []
    /// Keys first used by the command in hand, until its events are folded into the state.
    private var pending: [Owner: KeyID] = [:]

    private struct Owner: Hashable {
        var person: UInt64
        var category: Category.Value
    }

    init(_ vault: KeyVault) { self.vault = vault }

    /// One command's events, the first at `next`. A `Refusal` when one is too large.
    mutating func encode(
        _ drafts: [Draft], at next: UInt64, _ envelope: Envelope, _ state: borrowing ClinicState, count: Int? = nil,
        from index: Int = 0
    ) throws -> [[UInt8]] {
        pending = [:]
        var records: [[UInt8]] = []
        for (offset, draft) in drafts.enumerated() {
            var header = envelope.header(for: draft, index: index + offset, count: count ?? drafts.count)
            let position = next + UInt64(offset)
            let boxes = try seal(draft.privateTexts, at: position, &header, state)
            records.append(try Self.bytes(header, draft.event(with: boxes)))
        }
        return records
    }

    private static func bytes(_ header: Header, _ event: some Event) throws -> [UInt8] {
        do {
            return try RecordWriter.encode(header: header, event: event)
        } catch {
            guard case .tooLarge = error else { throw error }
            throw Refusal(
                .problem("too-large"), status: 400, title: "Too much at once",
                detail: "One step may record at most 60 KiB. Divide it.")
        }
    }

    private mutating func seal(
        _ texts: [PrivateText], at position: UInt64, _ header: inout Header, _ state: borrowing ClinicState
    ) throws -> [Sealed] {
        var boxes: [Sealed] = []
        for (ordinal, text) in texts.enumerated() {
            do {
                let key = try key(for: text, &header, state)
                let place = vault.place(position: position, ordinal: UInt32(ordinal))
                boxes.append(Sealed(try vault.seal(text.text, with: key, at: place)))
            } catch let error as VaultError {
                guard let refusal = Refusal(error) else { throw error }
                throw refusal
            }
        }
        return boxes
    }

    private mutating func key(
        for text: PrivateText, _ header: inout Header, _ state: borrowing ClinicState
    ) throws -> KeyID {
        let owner = Owner(person: text.person, category: text.category)
        if let key = pending[owner] { return key }
        if let known = try state.key(of: text.person, text.category), let key = KeyID(known) { return key }
        let key = try vault.takeSpare()
        taken.append(key)
        pending[owner] = key
        var use = KeyUse()
        use.keyID = Data(key.bytes)
        use.person = text.person
        use.category = text.category
        header.keys.append(use)
        return key
    }
}

extension Sealed {
    init(_ box: SealedBox) {
        self.init()
        keyID = Data(box.keyID.bytes)
        self.box = Data(box.box)
        commitment = Data(box.commitment)
    }

    var sealedBox: SealedBox? {
        KeyID(keyID).map { SealedBox(keyID: $0, box: [UInt8](box), commitment: [UInt8](commitment)) }
    }
}
