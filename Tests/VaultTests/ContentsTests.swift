import Testing

@testable import Vault

struct ContentsTests {
    private static let pdf = Array("%PDF-1.7".utf8)

    @Test(arguments: [
        (ContentsKind.file, "707172737475767778797a7b32d7fe619ef8b20359d657ab456f1972f237f64a40b37bb2"),
        (.scratch, "707172737475767778797a7b32d7fe619ef8b2037ed8c5c21b781ae93855cd2af6d835ce"),
    ])
    func `sealed contents are byte for byte what another implementation makes`(
        _ kind: ContentsKind, _ hex: String
    ) throws {
        let data = AssociatedData.contents(kind, logID: Golden.logID, owner: 77, keyID: Golden.keyID)
        let sealed = try ContentsFormat.seal(
            Self.pdf, with: Golden.key, keyID: Golden.keyID, associatedData: data, nonce: Golden.nonce)
        #expect(Hex.encode(sealed) == hex)
    }

    @Test func `contents open as their own kind, for their own owner and under their own key only`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let id = try vault.takeSpare()
        let other = try vault.takeSpare()
        let sealed = try vault.sealContents(Self.pdf, .file, owner: 77, with: id)
        #expect(try vault.openContents(sealed, .file, owner: 77, with: id) == Self.pdf)
        let attempts: [(ContentsKind, UInt64, KeyID)] = [(.scratch, 77, id), (.file, 78, id), (.file, 77, other)]
        for (kind, owner, key) in attempts {
            let error = vaultError { () throws(VaultError) in
                try vault.openContents(sealed, kind, owner: owner, with: key)
            }
            #expect(error == .damaged(key))
        }
    }

    @Test func `empty contents and those of some megabytes come back; over 64 MiB is refused`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let id = try vault.takeSpare()
        for count in [0, 1, 3 << 20] {
            let contents = [UInt8](repeating: 7, count: count)
            let sealed = try vault.sealContents(contents, .scratch, owner: 1, with: id)
            #expect(sealed.count == count + 28)
            #expect(try vault.openContents(sealed, .scratch, owner: 1, with: id) == contents)
        }
        let huge = [UInt8](repeating: 0, count: (64 << 20) + 29)
        let error = vaultError { () throws(VaultError) in try vault.sealContents(huge, .file, owner: 1, with: id) }
        #expect(error == .tooLong(bytes: huge.count, limitBytes: 64 << 20))
        let unopened = vaultError { () throws(VaultError) in try vault.openContents(huge, .file, owner: 1, with: id) }
        #expect(unopened == .tooLong(bytes: huge.count, limitBytes: 64 << 20))
    }
}
