/// The handbook, by chapter. Its text is part of the program, so that it is there wherever the program is.
public enum Handbook {
    /// In the order in which to read them.
    public static let chapters: [Chapter] = [
        Chapter("commands", PackageResources.commands_md),
        Chapter("notes", PackageResources.notes_md),
        Chapter("money", PackageResources.money_md),
        Chapter("import", PackageResources.import_md),
        Chapter("operating", PackageResources.operating_md),
        Chapter("security", PackageResources.security_md),
        Chapter("formats", PackageResources.formats_md),
        Chapter("developer", PackageResources.developer_md),
        Chapter("tried", PackageResources.tried_md),
    ]

    public static func chapter(_ name: String) -> Chapter? {
        chapters.first { $0.name == name.lowercased() }
    }
}

/// A chapter of the handbook.
public struct Chapter: Sendable {
    /// As in `daybook help import`.
    public let name: String
    /// Markdown.
    public let text: String

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Its first heading.
    public var title: String {
        let heading = text.split(separator: "\n").first { $0.hasPrefix("# ") }
        return heading.map { String($0.dropFirst(2)) } ?? name
    }
}
