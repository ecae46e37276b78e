import Engine
import NIOCore
import Synchronization

/// Answers on their way from the writer to the connections of one event loop: it is woken once for all that a batch has,
/// not once for each.
final class DeskAnswers: Sendable {
    private let loop: any EventLoop
    private let waiting = Mutex<[(desk: NIOLoopBound<CommandDesk>, outcome: Outcome)]>([])

    init(_ loop: any EventLoop) { self.loop = loop }

    /// From any thread.
    func add(_ outcome: Outcome, for desk: NIOLoopBound<CommandDesk>) {
        let isFirst = waiting.withLock { waiting in
            waiting.append((desk, outcome))
            return waiting.count == 1
        }
        if isFirst { loop.execute { [self] in deliver() } }
    }

    private func deliver() {
        let answers = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for (desk, outcome) in answers { desk.value.answer(outcome) }
    }
}
