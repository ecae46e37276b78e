import Crypto
import DaybookClient
import Foundation
import Glibc

/// The secret of a token. It is made where it is used, and only its SHA-256 leaves the machine's user.
struct TokenSecret: Sendable {
    /// 256 bits as base64url without padding (RFC 4648, 5), so that it is one word in a header.
    let text: String

    static func make() -> TokenSecret {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let base64 = Data(bytes).base64EncodedString()
        return TokenSecret(
            text: base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: ""))
    }

    /// Of the text, as it stands in a header.
    var sha256: Data { Data(SHA256.hash(data: Data(text.utf8))) }

    /// Makes a file that only its owner can read. One that is there already is left alone.
    ///
    /// - Throws: `UsageError`.
    func write(to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let why = errno == EEXIST ? "there is a file already" : String(cString: strerror(errno))
            throw UsageError("The secret cannot be written to \(path): \(why).")
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try file.write(contentsOf: Data((text + "\n").utf8))
            try file.synchronize()
        } catch {
            throw UsageError("The secret cannot be written to \(path).")
        }
    }

    /// Takes the file away when it is certain that its secret opens nothing. After a lost answer that is not certain.
    static func discard(_ path: String, after error: any Error) {
        if case ClientError.lost? = error as? ClientError { return }
        unlink(path)
    }
}
