import Foundation
import Testing

@testable import daybook

@Suite struct EditorTests {
    private func surroundings(_ environment: [String: String]) -> Surroundings {
        Surroundings(environment: environment, home: "/home/somebody")
    }

    @Test func `the visual editor goes before the other, and vi is there without either`() {
        #expect(Editor(surroundings(["VISUAL": "code --wait", "EDITOR": "ed"])).command == "code --wait")
        #expect(Editor(surroundings(["VISUAL": "", "EDITOR": "ed"])).command == "ed")
        #expect(Editor(surroundings([:])).command == "vi")
    }

    @Test func `an editor that is known to leave copies is told not to`() {
        for name in ["vim", "vim.basic", "nvim"] {
            let options = Editor.options(forProgram: name)
            #expect(options.starts(with: ["-n", "-i", "NONE"]) && options.joined().contains("noundofile"))
        }
        #expect(Editor.options(forProgram: "emacs").joined().contains("make-backup-files nil"))
        #expect(Editor.options(forProgram: "ed").isEmpty)
    }

    @Test func `a link leads to the program that it names`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = folder.appendingPathComponent("vim.basic")
        try "#!/bin/sh".write(to: program, atomically: true, encoding: .utf8)
        chmod(program.path, 0o755)
        try FileManager.default.createSymbolicLink(at: folder.appendingPathComponent("vi"), withDestinationURL: program)
        #expect(!Editor(surroundings(["PATH": "/nowhere:\(folder.path)"])).options.isEmpty)
    }

    @Test func `a folder in memory is one's own, and nothing is left of it`() throws {
        let folder = try PrivateFolder(surroundings([:]))
        try folder.write("zyxomma")
        var status = stat()
        #expect(stat(folder.path, &status) == 0 && status.st_mode & 0o777 == 0o700)
        #expect(stat(folder.file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let swap = open(folder.path + "/swap", O_RDWR | O_CREAT, 0o600)
        defer { close(swap) }
        #expect(write(swap, "zyxomma", 7) == 7)
        try FileManager.default.createDirectory(atPath: folder.path + "/undo", withIntermediateDirectories: false)
        #expect(folder.text()?.text == "zyxomma")
        folder.wipe()
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        // Overwritten, also for whoever has it open still.
        var bytes = [UInt8](repeating: 1, count: 7)
        #expect(pread(swap, &bytes, 7, 0) == 7 && bytes == [UInt8](repeating: 0, count: 7))
        #expect(folder.text()?.text == "zyxomma")
    }

    @Test func `a disk is no memory`() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let made = try PrivateFolder(surroundings(["XDG_RUNTIME_DIR": folder]))
        defer { made.wipe() }
        // Where the temporary folder is in memory itself, it may be taken.
        let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        let isInMemory = mounts.contains(" \(folder) ") && mounts.contains(" - tmpfs ")
        #expect(made.path.hasPrefix("/dev/shm/") || isInMemory)
    }
}
