/// One event's proof in a file that stands alone beside the record and the verifier key (`c2sp.org/tlog-proof@v1`).
public struct InclusionProofFile: Equatable, Sendable {
    public static let fileExtension = "tlog-proof"
    private static let header = "c2sp.org/tlog-proof@v1"

    public let position: UInt64
    public let hashes: [TreeHash]
    public let checkpoint: Checkpoint

    /// Proves the event at `position` against a checkpoint of the log.
    public init(of position: UInt64, in log: EventLog, checkpoint: Checkpoint) throws(LogError) {
        self.position = position
        self.checkpoint = checkpoint
        hashes = try log.inclusionProof(of: position, in: checkpoint.size)
    }

    /// Header, index, one hash a line, an empty line, the checkpoint.
    public var bytes: [UInt8] {
        var text = "\(Self.header)\nindex \(position)\n"
        for hash in hashes { text += Base64.encode(hash.bytes) + "\n" }
        return Array((text + "\n").utf8) + checkpoint.note.bytes
    }

    /// Whether the file shows that `record` is in the log that signed its checkpoint.
    public func proves(_ record: [UInt8]) -> Bool {
        ProofVerification.isIncluded(
            leaf: .leaf(record), at: position, size: checkpoint.size, root: checkpoint.root, proof: hashes)
    }

    /// Reads a file whose checkpoint `key` has signed.
    public init(parsing bytes: [UInt8], key: VerifierKey) throws(SignedNote.Failure) {
        guard bytes.count <= SignedNote.bytesMax,
            let end = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A })
        else { throw .malformed("no empty line") }
        var lines = bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard lines.first == Self.header else { throw .malformed("not a \(Self.header) file") }
        lines.removeFirst()
        if let extra = lines.first, extra.hasPrefix("extra ") {
            guard Base64.decode(extra.dropFirst(6)) != nil else { throw .malformed("the extra line") }
            lines.removeFirst()
        }
        guard let first = lines.first, first.hasPrefix("index "), let index = UInt64(first.dropFirst(6)),
            first == "index \(index)"
        else { throw .malformed("no index line") }
        var hashes: [TreeHash] = []
        for line in lines.dropFirst() {
            guard hashes.count < ProofVerification.hashesMax, let hash = Base64.decode(line).flatMap({ TreeHash($0) })
            else { throw .malformed("a hash line") }
            hashes.append(hash)
        }
        position = index
        self.hashes = hashes
        checkpoint = try Checkpoint(verifying: Array(bytes[(end + 2)...]), with: key)
    }
}
