import Foundation

/// The folder of token files, one for each member of the cast, which only their owner can read.
struct TokenFiles {
    let folder: String

    func write(_ secrets: [Member: Secret]) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for (member, secret) in secrets.sorted(by: { $0.key.key < $1.key.key }) {
            let path = "\(folder)/\(member.key).token"
            let isWritten = FileManager.default.createFile(
                atPath: path, contents: Data((secret.text + "\n").utf8), attributes: [.posixPermissions: 0o600])
            guard isWritten else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
        }
    }
}
