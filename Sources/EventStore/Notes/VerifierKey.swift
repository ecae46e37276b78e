import Crypto
import Foundation

/// An Ed25519 key that checks signed notes, as published (C2SP signed-note, "vkey").
public struct VerifierKey: Equatable, Sendable {
    /// The signature type of plain Ed25519 notes.
    static let ed25519: UInt8 = 0x01

    public let name: String
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key).
    public let keyID: UInt32
    /// 32 bytes.
    public let publicKey: [UInt8]

    /// nil for a name that cannot be one, or another length than 32 bytes.
    public init?(name: String, publicKey: [UInt8]) {
        guard Self.isValidName(name), publicKey.count == 32 else { return nil }
        self.name = name
        self.publicKey = publicKey
        let digest = SHA256.hash(data: Array(name.utf8) + [0x0A, Self.ed25519] + publicKey)
        keyID = digest.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `<name>+<hex key id>+<base64(0x01 ‖ key)>`; nil unless all of it is right.
    public init?(vkey: String) {
        // The base64 part may contain "+", the name may not.
        let parts = vkey.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.decode(parts[2]), bytes.count == 33, bytes[0] == Self.ed25519,
            let key = VerifierKey(name: String(parts[0]), publicKey: Array(bytes.dropFirst())), key.vkey == vkey
        else { return nil }
        self = key
    }

    /// The key as published: `<name>+<hex key id>+<base64(0x01 ‖ key)>`.
    public var vkey: String { "\(name)+\(Hex.encode(keyIDBytes))+\(Base64.encode([Self.ed25519] + publicKey))" }

    /// The one line of `tiles/vkey`.
    var fileBytes: [UInt8] { Array((vkey + "\n").utf8) }

    var keyIDBytes: [UInt8] { withUnsafeBytes(of: keyID.bigEndian) { [UInt8]($0) } }

    func isValid(signature: some Sequence<UInt8>, over text: String) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(Array(signature), for: Array(text.utf8))
    }

    /// Non-empty, without Unicode spaces, control characters and "+".
    static func isValidName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar != "+" && !scalar.properties.isWhitespace && scalar.value >= 0x20 && scalar.value != 0x7F
            }
    }
}

/// RFC 4648 section 4, with padding, one text for one value.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard let data = Data(base64Encoded: String(text)) else { return nil }
        let bytes = [UInt8](data)
        // Foundation lets stray bits in the last character pass.
        return encode(bytes) == text ? bytes : nil
    }
}
