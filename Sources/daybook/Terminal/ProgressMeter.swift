import DaybookClient

/// Shows how far something has come: a bar on a terminal, elsewhere a line at every tenth.
actor ProgressMeter {
    private let screen: Screen
    private var lastTenth = -1
    private var lastStep = ""
    private var isDrawn = false
    private static let barWidth = 30

    init(_ screen: Screen) { self.screen = screen }

    /// As clients take it.
    nonisolated var show: ProgressHandler {
        { progress in await self.update(progress) }
    }

    func update(_ progress: WorkProgress) {
        if screen.drawsProgress {
            screen.err(Array("\r\u{1B}[K\(Self.bar(progress))".utf8))
            isDrawn = true
            return
        }
        let tenth = progress.permille / 100
        guard tenth > lastTenth || progress.step != lastStep else { return }
        lastTenth = tenth
        lastStep = progress.step
        screen.complain(["\(tenth * 10) % \(progress.step.printable)"])
    }

    /// Takes the bar away, so that the answer stands alone.
    func end() {
        guard isDrawn else { return }
        screen.err(Array("\r\u{1B}[K".utf8))
        isDrawn = false
    }

    static func bar(_ progress: WorkProgress) -> String {
        let full = progress.permille * barWidth / 1_000
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: barWidth - full)
        return "\(bar) \(progress.permille / 10) % \(progress.step.printable.cut(to: 40))"
    }
}
