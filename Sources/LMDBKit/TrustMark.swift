import Foundation

/// Whether the files of an unsynced environment can be trusted.
///
/// What the operating system was given survives the death of a process, but not a power cut. So the files are good when
/// they were closed in order, or when the machine has not been booted since they were opened. A small file beside them
/// says which.
public struct TrustMark: Sendable {
    private let path: String
    private let dataPath: String
    private let version: UInt64
    private let bootID: String

    /// - Parameter bootID: the machine's present boot, from the kernel unless a test gives its own.
    public init(folder: String, version: UInt64, bootID: String? = nil) {
        path = folder + "/trust"
        dataPath = folder + "/data.mdb"
        self.version = version
        self.bootID = bootID ?? Self.currentBootID
    }

    /// The kernel's id of this boot.
    public static var currentBootID: String {
        let text = (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)) ?? ""
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The files are whole, and of this version.
    public var isTrusted: Bool { wholeVersion == version }

    /// The version of files that are there, are the very ones the mark was made for, and have lost nothing; nil for
    /// others.
    public var wholeVersion: UInt64? {
        guard let fields = read(), let identity = fileIdentity(), fields["file"] == identity,
            fields["clean"] == "1" || (!bootID.isEmpty && fields["boot"] == bootID)
        else { return nil }
        return fields["version"].flatMap { UInt64($0) }
    }

    /// Whether the last closing was in order; then a crash did not come between.
    public var isClean: Bool { read()?["clean"] == "1" }

    /// From now on the files change without being synced. Call it once data.mdb is there.
    public func markInUse() throws { try write(clean: false) }

    /// The files were synced and are closed.
    public func markClean() throws { try write(clean: true) }

    /// The files are about to be replaced; until another mark is made none of what lies there is trusted.
    public func remove() throws { try DurableReplace.remove(path) }

    private func read() -> [String: String]? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
        }
        return fields
    }

    private func write(clean: Bool) throws {
        guard let identity = fileIdentity() else { throw LMDBError.failed(call: "find \(dataPath)", code: ENOENT) }
        let text = "version \(version)\nboot \(bootID)\nfile \(identity)\nclean \(clean ? 1 : 0)\n"
        // Durable before it returns: a mark of an orderly end that comes back after "in use" would have files trusted
        // which a power cut has torn.
        try DurableReplace.write(Array(text.utf8), to: path)
    }

    private func fileIdentity() -> String? {
        var status = stat()
        guard stat(dataPath, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino)"
    }
}
