/// A log's signed promise: this many events, this root (C2SP tlog-checkpoint).
public struct Checkpoint: Equatable, Sendable {
    public let origin: String
    /// Events in the tree; 1 or more.
    public let size: UInt64
    public let root: TreeHash
    /// The note as signed, byte for byte.
    public let note: SignedNote

    /// Signs a new one. Precondition: size ≥ 1.
    public init(size: UInt64, root: TreeHash, signer: CheckpointSigner) throws(LogError) {
        precondition(size >= 1, "the empty tree has no checkpoint")
        origin = signer.key.name
        self.size = size
        self.root = root
        note = try signer.sign("\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n")
    }

    /// Reads one that `key` has signed and whose origin is the key's name. Extension lines are refused: we write none.
    public init(verifying bytes: [UInt8], with key: VerifierKey) throws(SignedNote.Failure) {
        note = try SignedNote(parsing: bytes)
        try note.verify(with: key)
        let lines = note.text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String($0) ?? "" }
        guard lines.count == 4, lines[3].isEmpty else { throw .malformed("not the three lines of a checkpoint") }
        guard lines[0] == key.name else { throw .malformed("another origin than the key's") }
        guard let size = UInt64(lines[1]), String(size) == lines[1], size >= 1, size <= ProofVerification.sizeMax else {
            throw .malformed("the size is not one of a tree")
        }
        guard let root = Base64.decode(lines[2]).flatMap({ TreeHash($0) }) else {
            throw .malformed("the root is not 32 bytes of base64")
        }
        origin = lines[0]
        self.size = size
        self.root = root
    }
}
