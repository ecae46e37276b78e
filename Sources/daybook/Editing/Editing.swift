import DaybookClient
import Foundation
import Glibc

/// One text in an editor: looked at while it changes, read when the editor ends, and then nowhere any more.
struct Editing {
    /// How soon an end is noticed.
    private static let pace = Duration.milliseconds(100)
    /// How often what was found is told.
    private static let ticksPerLook = 10

    let editor: Editor
    let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
        editor = Editor(surroundings)
    }

    struct Ended {
        /// What the file said at the end; nil when it was gone.
        var text: EditedText?
        /// As a shell tells it.
        var status: Int32
    }

    /// - Parameter found: told once a second what the file says, and the last of it when a signal ends the program.
    func run(
        _ text: String, found: (_ text: String, _ isLast: Bool) async -> Void = { _, _ in }
    ) async throws -> Ended {
        // A memory image of this process would have the text in it.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        let folder = try PrivateFolder(surroundings)
        defer { folder.wipe() }
        try folder.write(text)
        // Before the editor is there, whose first change would else pass for how it was.
        var mark = folder.mark
        let signals = EndingSignals { folder.wipe() }
        defer { signals.release() }
        let process = try editor.start(on: folder.file, folder: folder.path, environment: surroundings.environment)
        var latest: EditedText?
        var tick = 0
        while true {
            if let status = process.ended() {
                folder.wipe()
                return Ended(text: folder.text(), status: status)
            }
            if signals.caught != nil {
                process.terminate()
                folder.wipe()
                if let last = folder.text() { await found(last.text, true) }
                signals.endIfCaught()
            }
            if let now = folder.mark, now != mark {
                mark = now
                latest = folder.text()
            }
            tick += 1
            if tick % Self.ticksPerLook == 0, let latest { await found(latest.text, false) }
            try await Task.sleep(for: Self.pace)
        }
    }
}
