import Clinic
import Schema
import SwiftProtobuf

/// Commands about money and notes, of which the plain rules know what must be recorded.
extension PlainAsk {
    /// - Parameter next: the position that its first event gets.
    func money(next: UInt64 = 0) -> PlainMoneyAsk? {
        PlainMoneyAsk(command, clinic, nowMs: nowMs, next: next, role: permitting.first ?? .unspecified)
    }

    var writing: PlainNoteAsk? {
        PlainNoteAsk(
            command, clinic, caller: caller ?? 0, role: permitting.first ?? .unspecified, nowMs: nowMs, drafts: drafts)
    }

    /// What is against it; nil for a command about something else.
    var documentReasons: Set<String>? { money()?.reasons ?? writing?.reasons }

    func objection(to refusal: Refusal, _ reasons: Set<String>) -> String? {
        let name: String
        switch refusal.kind {
        case .problem(let problem): name = problem
        case .rule(let rule): name = rule
        }
        let isJustified =
            switch name {
            case "unknown-caller": caller == nil
            case "not-permitted": permitting.isEmpty
            case "malformed": !isSensible || reasons.contains(name)
            // Of several, another may be named.
            default: reasons.contains(name) || !isSensible && !reasons.isEmpty
            }
        return isJustified ? nil : "refused by \(name) instead of \(reasons.sorted())"
    }

    /// What was recorded otherwise than the plain rules say; nil when it is the same to the last field.
    ///
    /// - Parameter recorded: reads a record of the log.
    func difference(_ reply: Reply, _ recorded: (UInt64) throws -> Recorded) rethrows -> String? {
        if let money = money() {
            let count = UInt64(money.events.count)
            let next = reply.position + 1 - min(count, reply.position)
            let expected = self.money(next: next)?.events ?? []
            for (index, event) in expected.enumerated() {
                let found = try recorded(next + UInt64(index)).event
                guard !found.plain.isEqualTo(message: event) else { continue }
                return "INV-LEDG-02: recorded \(found.plain) instead of \(event)"
            }
            let (first, last) = (try recorded(next).header, try recorded(reply.position).header)
            return first.index == 0 && last.index + 1 == last.count ? nil : "INV-SYS-06: not \(count) events"
        }
        guard let writing else { return nil }
        guard let event = writing.event else {
            let before = number("note").flatMap { drafts[$0]?.autosave } ?? 0
            return reply.hasAutosave && reply.autosave == before + 1 ? nil : "INV-NOTE-06: it was not kept aside"
        }
        let found = try recorded(reply.position).event.plain
        return found.isEqualTo(message: event) ? nil : "INV-NOTE-03: recorded \(found) instead of \(event)"
    }
}

extension AnyEvent {
    /// Itself without what is sealed.
    var plain: any Event {
        switch self {
        case .billing(let event): event.plain
        case .charting(let event): event.plain
        default: message
        }
    }
}

extension ChartingEvent {
    fileprivate var plain: any Event {
        switch self {
        case .contactRecorded, .noteStarted, .noteSigned: return message
        case .noteDraftSaved(var event):
            event.clearContent()
            return event
        case .noteDraftDiscarded(var event):
            event.clearReason()
            return event
        case .noteCosigned(var event):
            event.clearComment()
            return event
        case .noteReturned(var event):
            event.clearReason()
            return event
        case .noteAddendumSigned(var event):
            event.clearText()
            event.clearReason()
            return event
        case .noteMarkedEnteredInError(var event):
            event.clearReason()
            return event
        }
    }
}
