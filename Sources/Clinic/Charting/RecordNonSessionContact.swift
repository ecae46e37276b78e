import Schema
import Timetable

extension RecordNonSessionContact: Command {
    public static let permission = Permission.recordContacts

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let id = try Fields.required(hasClient ? client : nil, "client", "the client's id")
        _ = try state.client(id)
        var event = ContactRecorded()
        event.client = id
        event.staff = try asked.requireStaff()
        event.channel = try checkedChannel()
        event.direction = try checkedDirection()
        event.contactedAt = try contactedAtMs(state, asked)
        event.minutes = try Fields.number(hasMinutes ? minutes : nil, "minutes", in: 0...480, "minutes") ?? 0
        let with = try Fields.optionalLine(hasWith ? self.with : nil, "with", maxLength: TextLimit.short)
        let summary = try Fields.text(hasSummary ? self.summary : nil, "summary", maxLength: TextLimit.summary)
        let action = try Fields.optionalText(hasAction ? self.action : nil, "action", maxLength: TextLimit.remark)
        return [
            Draft(
                event, about: [Subject(.contact, asked.next), Subject(.client, id), Subject(.staff, event.staff)],
                effectiveAtMs: event.contactedAt,
                texts: [
                    (\.with, with.map { PrivateText($0, of: id, .clinical) }),
                    (\.summary, PrivateText(summary, of: id, .clinical)),
                    (\.action, action.map { PrivateText($0, of: id, .clinical) }),
                ])
        ]
    }

    private func checkedChannel() throws(Refusal) -> ContactChannel.Value {
        switch channel {
        case .phone, .email, .sms, .video, .inPerson, .letter: return channel
        case .unspecified, .UNRECOGNIZED:
            throw .field("channel", "`channel` must be phone, email, sms, video, in_person or letter.")
        }
    }

    private func checkedDirection() throws(Refusal) -> ContactDirection.Value {
        switch direction {
        case .inbound, .outbound: return direction
        case .unspecified, .UNRECOGNIZED: throw .field("direction", "`direction` must be inbound or outbound.")
        }
    }

    private func contactedAtMs(_ state: borrowing ClinicState, _ asked: Asked) throws -> Int64 {
        guard hasAt else { return asked.nowMs }
        let ms = try Fields.instantMs(try Fields.dateTime(at, "at"), in: try state.practiceZone(), "at")
        guard ms <= asked.nowMs + Int64(try state.policy().effectiveAheadMinutes) * 60_000 else {
            throw Refusal.rule(
                "INV-SYS-13", "In the future", "A contact is recorded after it took place."
            ).with { $0.field = "at" }
        }
        return ms
    }
}
