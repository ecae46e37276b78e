import Schema
import SwiftProtobuf
import Timetable

/// What the cast does when a rule says no.
extension Performance {
    /// - Throws: a refusal that no rule of the calendar explains: the generator itself is wrong then.
    mutating func refused(_ act: Act, _ refusal: Refusal) throws {
        refusals += 1
        let soonMs = stage.clock.nowMs + 5 * 60_000
        switch act {
        case .register(let index, let others):
            guard others.isEmpty, !refusal.facts.candidates.isEmpty else { throw refusal }
            plan(.register(index, acknowledging: refusal.facts.candidates), atMs: soonMs)
        case .move(let ref, let to, let isLastTry):
            let free = refusal.facts.nearest.compactMap { LocalDateTime(iso: $0) }.first { other in
                other != visits[ref.id]?.start && other != to
            }
            if !isLastTry, let free { return plan(.move(ref, free, isLastTry: true), atMs: soonMs) }
            if let visit = visits[ref.id] { planSession(visit) }
        case .approveTimeOff(let id, let resolutions): try unapproved(id, resolutions, refusal, atMs: soonMs)
        case .overstep: guard refusal.status == 403 else { throw refusal }
        default: guard refusal.status == 409 else { throw refusal }
        }
    }

    /// The refusal names the appointments; the second try moves some to a colleague, the last cancels all.
    private mutating func unapproved(
        _ id: UInt64, _ resolutions: [TimeOffResolution], _ refusal: Refusal, atMs: Int64
    ) throws {
        let isUnresolved = refusal.rule == "INV-AVAIL-06"
        let affected = isUnresolved ? refusal.facts.affected : resolutions.map(\.appointment)
        guard isUnresolved || resolutions.contains(where: { $0.action == .reassign }) else { throw refusal }
        let mayReassign = resolutions.isEmpty && size.therapists > 1
        let next = affected.map { appointment in
            TimeOffResolution.with {
                $0.appointment = appointment
                $0.action = .cancel
                if mayReassign, random.chance(percent: 15), let visit = visits[appointment] {
                    $0.action = .reassign
                    $0.staff = staff((visit.therapist + 1) % size.therapists)
                }
            }
        }
        plan(.approveTimeOff(id, next), atMs: atMs)
    }
}
