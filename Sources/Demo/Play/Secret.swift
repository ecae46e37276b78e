import Crypto
import Foundation

/// The secret of a member's token: never the same twice, whatever the seed.
struct Secret: Sendable {
    /// 256 bits as base64url without padding (RFC 4648, 5).
    let text: String

    init() {
        let random = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        text = random.base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    var sha256: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }
}
