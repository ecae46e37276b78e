import DirectoryProjection
import EventStore
import ProjectionKit
import Schema

extension ClinicEngine {
    /// The directory, for parts of the daemon itself: clear fields only.
    var directory: DirectoryReader { DirectoryReader(engine: self) }
}

struct DirectoryReader {
    let engine: ClinicEngine

    func read<Q: Query>(_ query: Q) throws -> Q.Answer where Q.View == DirectoryView {
        let view = engine.views.view(DirectoryView.self)
        guard case .reached = view.reach(engine.log.size, timeout: .seconds(30)) else {
            throw Refusal.busy("The directory is catching up. Try again in a moment.")
        }
        let question = Question(caller: 0, nowMs: engine.clock.nowMs()) { _, _ in true }
        return try view.read { try query.answer(from: $0, in: $1, question) }
    }
}
