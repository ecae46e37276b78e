import Crypto

@testable import Vault

/// Fixed inputs, and what a program in another language (Python's `cryptography` over OpenSSL) made of them.
enum Golden {
    static let key = SymmetricKey(data: bytes(0x00, 32))
    static let logID = bytes(0xa0, 16)
    static let keyID = KeyID(bytes(0x10, 16))!
    static let salt = bytes(0x40, 32)
    static let nonce = bytes(0x70, 12)
    static let text = "Zoë rang."
    static let place = BoxPlace(logID: logID, position: 5120, ordinal: 2)

    static let box = SealedBox(
        keyID: keyID,
        box: Hex.decode(
            "707172737475767778797a7b57c6f864f78cda730c637c999d0dff98fd6697de50ce1aedfdd7631f18ea48616f167adb"
                + "91b7f595b193121155ace8e9f8fdb04bfe1c07b74cc500edef1ba14d3d33428f822000c24e47bb19e30ae555")!,
        commitment: Hex.decode("fd6ff763728e3e02956d71cb159c574232c2630d1381d552ad42de735d9d2242")!)

    static func bytes(_ first: UInt8, _ count: UInt8) -> [UInt8] { (0..<count).map { first + $0 } }
}
