/// The last checkpoint signed, kept twice: a log that does not contain it is an older copy or another history.
public enum Anchor {
    static func path(in directory: String) -> String { directory + "/anchor" }

    /// Holds both copies against the log. Call it at every start, before anything is appended or signed.
    ///
    /// - Returns: the newer of the two; nil when nothing was ever signed.
    /// - Throws: `rolledBack`, `forked`, or `badCheckpoint` for a copy that does not verify.
    @discardableResult
    public static func check(
        _ log: EventLog, dataDirectory: String, keysDirectory: String, key: VerifierKey
    ) throws(LogError) -> Checkpoint? {
        var newest: Checkpoint?
        for directory in [dataDirectory, keysDirectory] {
            guard let anchor = try read(Self.path(in: directory), key: key) else { continue }
            try anchor.requirePrefix(of: log)
            if anchor.size >= newest?.size ?? 0 { newest = anchor }
        }
        return newest
    }

    /// Whether a checkpoint, readable or not, lies where those of a clinic do.
    public static func isAnythingSigned(dataDirectory: String, keysDirectory: String) -> Bool {
        [path(in: dataDirectory), path(in: keysDirectory), dataDirectory + "/tiles/checkpoint"]
            .contains(where: DurableFile.exists)
    }

    /// The checkpoint in a file; nil when there is none.
    static func read(_ path: String, key: VerifierKey) throws(LogError) -> Checkpoint? {
        guard let bytes = try DurableFile.read(path, bytesMax: SignedNote.bytesMax) else { return nil }
        do throws(SignedNote.Failure) {
            return try Checkpoint(verifying: bytes, with: key)
        } catch {
            throw .badCheckpoint(path: path, reason: error.reason)
        }
    }

    static func write(_ checkpoint: Checkpoint, dataDirectory: String, keysDirectory: String) throws(LogError) {
        for directory in [keysDirectory, dataDirectory] {
            try DurableFile.write(checkpoint.note.bytes, to: path(in: directory))
        }
    }
}

extension Checkpoint {
    /// Throws unless the log begins with the events that were signed for.
    func requirePrefix(of log: EventLog) throws(LogError) {
        guard size <= log.size else { throw .rolledBack(anchorSize: size, logSize: log.size) }
        guard try log.root(at: size) == root else { throw .forked(size: size) }
    }
}

extension SignedNote.Failure {
    var reason: String {
        switch self {
        case .malformed(let what): "not a checkpoint: \(what)"
        case .notSigned: "not signed by this log's key: it or checkpoint.key is damaged, or of another clinic"
        case .badSignature: "the signature is wrong"
        }
    }
}
