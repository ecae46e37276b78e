import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// Who is away when.
extension LargePlay {
    mutating func requestTimeOff(_ absence: LargeAbsence) throws {
        guard let to = absence.from.adding(days: absence.days) else { return }
        let reply = try send(
            member(absence.therapist),
            RequestTimeOff.with {
                $0.staff = staff(absence.therapist)
                $0.start = "\(absence.from)T00:00"
                $0.end = "\(to)T00:00"
                $0.kind = absence.kind
                $0.reason = random.pick(Sayings.timeOff)
            })
        guard let reply else { return }
        away[absence.therapist].append(absence.from.daysSinceEpoch..<to.daysSinceEpoch)
        let isSick = absence.kind == .sick
        plan(.approveTimeOff(reply.id, reply.affected, tries: 3), inMinutes: isSick ? 15 : 1_440 - 200)
    }

    /// Everybody who was booked is cancelled; when others have come meanwhile, the refusal names them.
    mutating func approveTimeOff(_ id: UInt64, _ affected: [UInt64], tries: Int) throws {
        let open = affected.filter { visits[$0].map { $0.status == .booked && $0.startMs > stage.nowMs } ?? false }
        let command = ApproveTimeOff.with {
            $0.timeOff = id
            $0.resolutions = open.map { appointment in
                .with {
                    $0.appointment = appointment
                    $0.action = .cancel
                }
            }
        }
        switch try stage.send(LargeCast.manager, command) {
        case .success: for id in open { visits[id] = nil }
        case .failure(let refusal):
            guard refusal.status == 409 else { throw refusal }
            if tries > 1 { plan(.approveTimeOff(id, refusal.facts.affected, tries: tries - 1), inMinutes: 5) }
        }
    }
}
