import Clinic
import Foundation
import Schema

/// Sealing as stories do it: everything has its place, and anybody can look in.
enum Glass {
    static func bytes(_ count: Int, _ seed: UInt64 = 0) -> Data {
        var bytes = Data(repeating: 7, count: count)
        for index in 0..<min(8, count) { bytes[index] = UInt8(truncatingIfNeeded: seed >> (8 * index)) }
        return bytes
    }

    static func keyID(_ person: UInt64, _ category: Category.Value) -> Data {
        bytes(16, person << 8 | UInt64(category.rawValue))
    }

    /// The keys that these texts are the first to use.
    static func newKeys(for texts: [PrivateText], _ state: borrowing ClinicState) throws -> [KeyUse] {
        var uses: [KeyUse] = []
        for text in texts {
            var use = KeyUse()
            use.keyID = keyID(text.person, text.category)
            use.person = text.person
            use.category = text.category
            if try state.key(of: text.person, text.category) == nil, !uses.contains(use) { uses.append(use) }
        }
        return uses
    }
}

extension Sealed {
    /// A box of glass: its owner and its text can be read off.
    static func glass(_ text: PrivateText) -> Sealed {
        var sealed = Sealed()
        sealed.keyID = Glass.keyID(text.person, text.category)
        sealed.box = Data(text.text.utf8)
        sealed.commitment = Glass.bytes(32)
        return sealed
    }

    /// The text in a box of glass; nil when the field is absent.
    public var text: String? { keyID.isEmpty ? nil : String(decoding: box, as: UTF8.self) }

    /// Whose key it is sealed under, for a box of glass.
    public func isSealed(for person: UInt64, _ category: Category.Value) -> Bool {
        keyID == Glass.keyID(person, category)
    }
}
