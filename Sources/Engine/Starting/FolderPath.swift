import Foundation

/// Paths of folders as people type them.
public enum FolderPath {
    /// The same folder with one spelling: absolute, without a slash at the end, `.`, `..` or empty parts. `..` leads where
    /// it leads on the disk, links included.
    public static func standard(_ path: String) -> String {
        let whole = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == ".." { parts = above(parts) } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Where the keys are when nobody says: beside the data, never in it.
    public static func keys(besideData path: String) -> String { standard(path) + ".keys" }

    private static func above(_ parts: [Substring]) -> [Substring] {
        guard let real = realpath("/" + parts.joined(separator: "/") + "/..", nil) else { return parts.dropLast() }
        defer { free(real) }
        return String(cString: real).split(separator: "/")
    }
}
