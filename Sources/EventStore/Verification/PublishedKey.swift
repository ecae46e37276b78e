/// Which key a log's checkpoints are to be verified with, where the signing key and the published verifier key are to
/// hand, and which of the two is not what it was when they differ.
struct PublishedKey {
    /// Nil when there is none that can be used.
    let key: VerifierKey?
    let faults: [LogFault]

    /// - Parameters:
    ///   - path: of the published verifier key.
    ///   - signing: of the signing key, or known from elsewhere; believed before the published one, which whoever
    ///     rewrites a log can replace.
    ///   - signingPath: where the signing key lies.
    ///   - notes: the paths of checkpoints, which tell who is right.
    init(
        path: String, signing: VerifierKey?, signingPath: String?, notes: [String]
    ) {
        var faults: [LogFault] = []
        var line: [UInt8]?
        do throws(LogError) {
            line = try DurableFile.read(path, bytesMax: 4096)
        } catch {
            faults.append(.file(path: path, reason: "\(error)"))
        }
        let published = line.flatMap(Self.parse)
        if line != nil, published == nil { faults.append(.file(path: path, reason: "is not a verifier key")) }
        if let signing, let published, signing != published {
            let isPublishedTrue = Self.isSigned(by: published, notes) && !Self.isSigned(by: signing, notes)
            faults.append(
                isPublishedTrue
                    ? .file(
                        path: signingPath ?? "the signing key",
                        reason: "is not the key that the checkpoints were signed with")
                    : .file(path: path, reason: "is not this log's verifier key"))
            // A fault is found in any case; which checkpoints hold is told by the key that signed them.
            key = isPublishedTrue ? published : signing
        } else {
            key = signing ?? published
        }
        self.faults = faults
    }

    /// The key in a file of one line; nil when it is none.
    static func parse(_ line: [UInt8]) -> VerifierKey? {
        guard line.last == 0x0A else { return nil }
        return VerifierKey(vkey: String(decoding: line.dropLast(), as: UTF8.self))
    }

    /// Whether one of the checkpoints is signed by `key`.
    static func isSigned(by key: VerifierKey, _ notes: [String]) -> Bool {
        notes.contains { path in
            guard let found = try? Anchor.read(path, key: key) else { return false }
            return found.size > 0
        }
    }
}
