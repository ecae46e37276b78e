import EventStore
import Schema

extension ClinicEngine {
    /// A proof, for whoever has the verifier key, that the record at a position is in the log of the latest checkpoint.
    public func inclusionProof(of position: UInt64) throws -> [UInt8]? {
        guard let checkpoint = latestCheckpoint else { return nil }
        guard position < checkpoint.size else {
            throw Refusal.missing("event covered by the latest checkpoint at position", position, field: "position")
        }
        return try InclusionProofFile(of: position, in: log, checkpoint: checkpoint).bytes
    }
}
