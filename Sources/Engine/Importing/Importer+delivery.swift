import Clinic
import Foundation
import Schema
import SwiftProtobuf

extension Importer {
    /// Sends commands as the import, each standing for itself, and tells how many were granted. Those refused only for
    /// now are sent again.
    ///
    /// - Throws: a refusal that is no fault of any row, such as a full disk; what was granted before was told.
    func deliver(
        _ commands: [(command: any Command, reference: String?)], granted: (Int) -> Void = { _ in }
    ) throws -> [Outcome] {
        var outcomes: [Outcome?] = Array(repeating: nil, count: commands.count)
        try patiently {
            let open = outcomes.indices.filter { outcomes[$0] == nil }
            var busy: Refusal?
            var failure: Refusal?
            var count = 0
            for (index, outcome) in zip(open, send(open.map { commands[$0] })) {
                switch outcome {
                case .failure(let refusal) where refusal.isForNow: busy = refusal
                case .failure(let refusal) where refusal.status >= 500 || [401, 403].contains(refusal.status):
                    failure = refusal
                case .failure: outcomes[index] = outcome
                case .success:
                    outcomes[index] = outcome
                    count += 1
                }
            }
            granted(count)
            if let refusal = failure ?? busy { throw refusal }
        }
        return outcomes.compactMap { $0 }
    }

    private func send(_ commands: [(command: any Command, reference: String?)]) -> [Outcome] {
        engine.sendBlocking(
            commands.map { command, reference in
                let source = reference.map { reference in
                    Source.with {
                        $0.name = sheets.source
                        $0.reference = reference
                    }
                }
                return Submission(
                    sender: .trusted(actor, actor.roles.first ?? .unspecified), command: command, key: .make(),
                    source: source)
            })
    }

    /// Does something again as long as it is refused only for now, as when the queue is full or the index of names is
    /// being filled; two minutes at most.
    func patiently<Result>(_ body: () throws -> Result) throws -> Result {
        let deadline = Date(timeIntervalSinceNow: 120)
        while true {
            do {
                return try body()
            } catch let refusal as Refusal where refusal.isForNow && Date() < deadline {
                try progress.wait(refusal.detail)
            }
        }
    }
}

extension Refusal {
    /// Whether the same may be granted a moment later.
    var isForNow: Bool { status == 503 && kind == .problem("busy") }

    /// In one or two sentences, for a report.
    var reason: String { kind == .problem("malformed") ? detail : "\(title). \(detail)" }
}
