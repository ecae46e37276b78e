/// The largest signed checkpoint there is for published bundles, and what lies beside it.
struct VouchedCheckpoint {
    let path: String
    let checkpoint: Checkpoint
    let key: VerifierKey
    /// All that verify, by size: each is a prefix of the next.
    let all: [(path: String, checkpoint: Checkpoint)]
    /// Files that do not read or verify.
    let remarks: [String]

    /// - Parameters:
    ///   - tiles: the folder of the published files.
    ///   - anchors: where else checkpoints are.
    init(tiles: String, anchors: [String], keysDirectory: String) throws(RecoveryError) {
        let paths = [tiles + "/checkpoint"] + anchors
        let signingPath = CheckpointSigner.path(in: keysDirectory)
        var remarks: [String] = []
        let signing = Self.signingKey(keysDirectory, tiles: tiles, notes: paths, &remarks)
        let found = PublishedKey(path: tiles + "/vkey", signing: signing, signingPath: signingPath, notes: paths)
        remarks += found.faults.map(\.description)
        guard let key = found.key else {
            remarks.append("there is no verifier key, neither as \(tiles)/vkey nor as \(signingPath)")
            throw .nothingSigned(remarks)
        }
        let all = Self.read(paths, key, &remarks)
        // Of two that are equal the published one is named.
        guard let most = all.map(\.checkpoint.size).max(),
            let largest = all.first(where: { $0.checkpoint.size == most })
        else { throw .nothingSigned(remarks) }
        (path, checkpoint) = largest
        self.key = key
        self.all = all.sorted { $0.checkpoint.size < $1.checkpoint.size }
        self.remarks = remarks
    }

    private static func read(
        _ paths: [String], _ key: VerifierKey, _ remarks: inout [String]
    ) -> [(path: String, checkpoint: Checkpoint)] {
        paths.compactMap { path in
            do throws(LogError) {
                return try Anchor.read(path, key: key).map { (path, $0) }
            } catch {
                remarks.append("\(error)")
                return nil
            }
        }
    }

    /// Which log it is: said by the origin, unless that was chosen, and by the keys.
    func identity(logID: [UInt8]?, keysDirectory: String) throws(RecoveryError) -> LogIdentity {
        let named = Self.logID(in: checkpoint.origin)
        if let named, let logID, named != logID { throw .otherLog(path: keysDirectory) }
        guard let id = named ?? logID else { throw .noLogID }
        return try RecoveryError.sorting {
            try LogIdentity(logID: id, origin: checkpoint.origin)
        }
    }

    /// The log id in an origin of the usual form, `daybook.invalid/<32 hex>/<number>`.
    private static func logID(in origin: String) -> [UInt8]? {
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "daybook.invalid" else { return nil }
        return Hex.decode(parts[1]).flatMap { $0.count == 16 ? $0 : nil }
    }

    /// The verifier key of the signing key, whose name stands in the published key, or else in a checkpoint.
    private static func signingKey(
        _ keysDirectory: String, tiles: String, notes: [String], _ remarks: inout [String]
    ) -> VerifierKey? {
        guard DurableFile.exists(CheckpointSigner.path(in: keysDirectory)) else { return nil }
        let line = (try? DurableFile.read(tiles + "/vkey", bytesMax: 4096)).flatMap { $0 }
        var names = line.flatMap(PublishedKey.parse).map { [$0.name] } ?? []
        for path in notes {
            guard let bytes = (try? DurableFile.read(path, bytesMax: SignedNote.bytesMax)).flatMap({ $0 }),
                let note = try? SignedNote(parsing: bytes)
            else { continue }
            names += note.text.split(separator: "\n").prefix(1).map(String.init)
        }
        guard let name = names.first else { return nil }
        do throws(LogError) {
            return try CheckpointSigner.load(from: keysDirectory, name: name).key
        } catch {
            remarks.append("\(error)")
            return nil
        }
    }
}
