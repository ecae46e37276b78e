import Crypto
import EventStore
import Testing

struct NoteTests {
    private let origin = "clinic.example/daybook-1"

    private func signer() throws -> CheckpointSigner { try CheckpointSigner(name: origin, seed: Array(0..<32)) }

    private func checkpoint() throws -> Checkpoint {
        var frontier = Frontier()
        for leaf in Vectors.leaves { frontier.append(.leaf(leaf)) }
        return try Checkpoint(size: 8, root: frontier.root, signer: signer())
    }

    @Test func `verifier keys equal the specification's vector and ours`() throws {
        let published = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        let key = try #require(VerifierKey(vkey: published))
        #expect(key.name == "example.com/foo")
        #expect(key.keyID == 0x530d_903a)
        #expect(key.vkey == published)
        #expect(
            try signer().key.vkey
                == "clinic.example/daybook-1+f616ed6e+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4")
        for bad in [
            "", "+", "++", "a+b", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        ] {
            #expect(VerifierKey(vkey: bad) == nil)
        }
    }

    @Test func `a checkpoint equals the known answer byte for byte`() throws {
        let expected = """
            clinic.example/daybook-1
            8
            XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

            — clinic.example/daybook-1 \
            9hbtbumCRyT1jOYpOpoOTi9V79uMhQ3H7OhpNW9488RZNog9f9dTIpYY7ABiC6Gdl9qQNta5aIvG2ypPoyBxSm2j1g4=

            """
        let bytes = try checkpoint().note.bytes
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(bytes.count == 195)
        #expect(Hex.encode(SHA256.hash(data: bytes)).hasPrefix("2f30cc7a"))
        #expect(try Checkpoint(verifying: bytes, with: signer().key) == checkpoint())
    }

    @Test func `a checkpoint with any one byte changed is refused`() throws {
        let bytes = try checkpoint().note.bytes
        let key = try signer().key
        for index in bytes.indices {
            for bit in [1, 32] as [UInt8] {
                var changed = bytes
                changed[index] ^= bit
                #expect(throws: SignedNote.Failure.self, "byte \(index)") {
                    try Checkpoint(verifying: changed, with: key)
                }
            }
        }
        for length in 0..<bytes.count {
            #expect(throws: SignedNote.Failure.self) { try Checkpoint(verifying: Array(bytes[..<length]), with: key) }
        }
    }

    @Test func `lines of unknown keys are passed over, a wrong line of a known one rejects the note`() throws {
        let note = try checkpoint().note
        let key = try signer().key
        let text = String(decoding: note.bytes, as: UTF8.self)
        let other = "— witness.example AAAAAAAA\n"
        #expect(try Checkpoint(verifying: Array((text + other).utf8), with: key).size == 8)
        let stranger = try CheckpointSigner(name: origin, seed: Array(1...32)).key
        #expect(throws: SignedNote.Failure.notSigned) { try note.verify(with: stranger) }
        let wrong =
            "— \(origin) 9hbtbumCRyT1jOYpOpoOTi9V79uMhQ3H7OhpNW9488RZNog9f9dTIpYY7ABiC6Gdl9qQNta5aIvG2ypPoyBxSm2j1g8=\n"
        #expect(throws: SignedNote.Failure.badSignature) {
            try Checkpoint(verifying: Array((text + wrong).utf8), with: key)
        }
        let many = String(repeating: other, count: 99)
        #expect(try SignedNote(parsing: Array((text + many).utf8)).signatures.count == 100)
        #expect(throws: SignedNote.Failure.malformed("over 100 signatures")) {
            try SignedNote(parsing: Array((text + many + other).utf8))
        }
    }

    @Test func `well signed text that is no checkpoint is refused`() throws {
        let signer = try signer()
        let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="
        for text in [
            "\(origin)\n08\n\(root)\n", "\(origin)\n0\n\(root)\n", "\(origin)\n-8\n\(root)\n",
            "\(origin)\n8\n\(root)=\n",
            "\(origin)\n8\n\(root)\nextension\n", "other\n8\n\(root)\n", "\(origin)\n8\n", "\n",
            "\(origin)\n18446744073709551616\n\(root)\n", "\(origin)\n9223372036854775808\n\(root)\n",
        ] {
            let note = try signer.sign(text)
            #expect(throws: SignedNote.Failure.self, "\(text)") {
                try Checkpoint(verifying: note.bytes, with: signer.key)
            }
        }
    }

    @Test func `text with an empty line in it is split at the last one`() throws {
        let note = try signer().sign("first\n\nsecond\n")
        #expect(try SignedNote(parsing: note.bytes) == note)
        #expect(note.text == "first\n\nsecond\n")
    }

    @Test func `a proof file reads back, and proves its record and no other`() throws {
        let folder = try TemporaryFolder()
        let log = try EventLog.create(at: folder.data, origin: origin)
        _ = try log.append((0..<20).map { [UInt8($0) + 1] }, at: 0)
        let signer = try signer()
        let checkpoint = try Checkpoint(size: 20, root: log.root(at: 20), signer: signer)
        let file = try InclusionProofFile(of: 7, in: log, checkpoint: checkpoint)
        let read = try InclusionProofFile(parsing: file.bytes, key: signer.key)
        #expect(read == file)
        #expect(read.proves([8]))
        #expect(!read.proves([9]))
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 7\n"))
        let extra = text.replacing("@v1\n", with: "@v1\nextra AAAA\n")
        #expect(try InclusionProofFile(parsing: Array(extra.utf8), key: signer.key) == file)
        for bad in [text.replacing("@v1", with: "@v2"), text.replacing("index 7", with: "index 07"), "", "\n\n"] {
            #expect(throws: SignedNote.Failure.self) {
                try InclusionProofFile(parsing: Array(bad.utf8), key: signer.key)
            }
        }
    }
}
