import Engine
import Foundation

/// Where the demo is made, and where it is moved when it is whole.
struct DemoFolders {
    struct Folder {
        let whole: String
        var part: String { whole + ".part" }
    }

    let data: Folder
    let keys: Folder
    let tokens: Folder

    init(data: String, keys: String?, tokens: String?) {
        let whole = FolderPath.standard(data)
        self.data = Folder(whole: whole)
        self.keys = Folder(whole: keys.map(FolderPath.standard) ?? FolderPath.keys(besideData: whole))
        self.tokens = Folder(whole: tokens.map(FolderPath.standard) ?? whole + ".tokens")
    }

    private var all: [Folder] { [tokens, keys, data] }

    /// What an interrupted making left is taken away; nothing else is.
    func begin() throws {
        let files = FileManager.default
        for folder in all {
            guard !files.fileExists(atPath: folder.whole) else { throw DemoError.notEmpty(folder.whole) }
            if files.fileExists(atPath: folder.part) { try files.removeItem(atPath: folder.part) }
            let parent = URL(fileURLWithPath: folder.whole).deletingLastPathComponent()
            try files.createDirectory(at: parent, withIntermediateDirectories: true)
        }
    }

    /// The data last: where there is data, all is there.
    func finish() throws {
        for folder in all { try FileManager.default.moveItem(atPath: folder.part, toPath: folder.whole) }
    }
}
