import Crypto
import Glibc

/// The key that signs a log's checkpoints: a 32-byte Ed25519 seed in `<keys>/checkpoint.key`, mode 0600.
public struct CheckpointSigner: Sendable {
    public let key: VerifierKey
    private let seed: [UInt8]

    /// - Parameter name: the log's origin.
    public init(name: String, seed: [UInt8]) throws(LogError) {
        guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw .malformed("a signing key has 32 bytes")
        }
        guard let key = VerifierKey(name: name, publicKey: Array(secret.publicKey.rawRepresentation)) else {
            throw .badOrigin(name)
        }
        self.key = key
        self.seed = seed
    }

    /// Makes a key in `directory` for a new log. Refuses to replace one: what it signed could not be checked.
    public static func create(in directory: String, name: String) throws(LogError) -> CheckpointSigner {
        let path = Self.path(in: directory)
        guard !DurableFile.exists(path) else { throw .alreadyExists(path: path) }
        let seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
        try DurableFolder.make(directory)
        try DurableFile.write(seed, to: path)
        return try CheckpointSigner(name: name, seed: seed)
    }

    /// The key of `log`; made on the way if it has none and nothing was ever signed.
    public static func open(
        for log: EventLog, dataDirectory: String, keysDirectory: String
    ) throws(LogError) -> CheckpointSigner {
        let traces = [
            Anchor.path(in: dataDirectory), Anchor.path(in: keysDirectory), dataDirectory + "/tiles/checkpoint",
        ]
        if DurableFile.exists(path(in: keysDirectory)) || traces.contains(where: DurableFile.exists) {
            let signer = try load(from: keysDirectory, name: log.identity.origin)
            let found = PublishedKey(
                path: dataDirectory + "/tiles/vkey", signing: signer.key, signingPath: path(in: keysDirectory),
                notes: traces)
            // A damaged verifier key is written anew; with a damaged signing key nothing must be signed.
            guard found.key == signer.key else {
                throw .badCheckpoint(
                    path: path(in: keysDirectory),
                    reason:
                        "is not the key that the checkpoints were signed with: restore it from the backup of the keys")
            }
            return signer
        }
        return try create(in: keysDirectory, name: log.identity.origin)
    }

    public static func load(from directory: String, name: String) throws(LogError) -> CheckpointSigner {
        let path = Self.path(in: directory)
        guard let seed = try DurableFile.read(path, bytesMax: 4096) else { throw .notFound(path: path) }
        guard seed.count == 32 else { throw .badCheckpoint(path: path, reason: "a signing key has 32 bytes") }
        return try CheckpointSigner(name: name, seed: seed)
    }

    static func path(in directory: String) -> String { directory + "/checkpoint.key" }

    /// Signs a note's text, which must end in a newline.
    public func sign(_ text: String) throws(LogError) -> SignedNote {
        precondition(text.utf8.last == 0x0A, "a note's text ends in a newline")
        guard let secret = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let signature = try? secret.signature(for: Array(text.utf8))
        else { throw .malformed("the signing key does not sign") }
        return SignedNote(
            text: text, signatures: [.init(name: key.name, keyID: key.keyID, bytes: Array(signature))])
    }
}
