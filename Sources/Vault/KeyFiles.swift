/// The files of the keys that the vault and requests are kept with, looked at as they lie on the disk.
public enum KeyFiles {
    private static let limitBytes = 4_096

    /// What is wrong with them, each by its path; without opening anything with them.
    ///
    /// - Parameter logID: of the log they must belong to; nil where that is not known.
    public static func faults(in keysDirectory: String, logID: [UInt8]? = nil) -> [String] {
        var faults: [String] = []
        let damaged = "is damaged: restore it from the backup of the keys"
        for path in epochPaths(in: keysDirectory) {
            let key = epochKey(path)
            if key == nil { faults.append("\(path): \(damaged)") }
            if let key, let logID, key.logID != logID { faults.append("\(path): belongs to another log") }
        }
        let mac = "\(keysDirectory)/mac"
        for number in names(in: mac).compactMap(MACKeyFile.number) {
            do throws(VaultOpeningError) {
                // One that is gone by now was destroyed in time.
                guard PrivateFiles.exists(MACKeyFile.path(number, in: mac)),
                    try MACKeyFile.read(number, in: mac, anyonesToo: true) == nil
                else { continue }
                faults.append("\(MACKeyFile.path(number, in: mac)): \(damaged)")
            } catch {
                faults.append("\(error)")
            }
        }
        return faults
    }

    /// Whether there is a key that opens a vault, of whatever epoch.
    public static func hasEpochKey(in keysDirectory: String) -> Bool { !epochPaths(in: keysDirectory).isEmpty }

    /// The log that the keys belong to, 16 bytes; nil when no key file says so.
    public static func logID(in keysDirectory: String) -> [UInt8]? {
        epochPaths(in: keysDirectory).lazy.compactMap { epochKey($0)?.logID }.first
    }

    private static func epochKey(_ path: String) -> EpochKey? {
        let bytes = try? PrivateFiles.read(path, limitBytes: limitBytes, anyonesToo: true)
        return bytes.flatMap { $0 }.flatMap { EpochKey(fileBytes: $0) }
    }

    private static func epochPaths(in keysDirectory: String) -> [String] {
        names(in: keysDirectory).filter { $0.hasPrefix("epoch-") && $0.hasSuffix(".key") }
            .map { "\(keysDirectory)/\($0)" }
    }

    private static func names(in folder: String) -> [String] { (try? PrivateFiles.names(in: folder)) ?? [] }
}
