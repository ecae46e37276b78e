import Schema
import Timetable

extension RecordNonSessionContact: Command {
    public static let permission = Permission.recordContacts

    public func target(in state: borrowing ClinicState) throws -> Target { Target(client: hasClient ? client : nil) }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        let client = try Fields.required(hasClient ? self.client : nil, "client", "the client's id")
        _ = try state.client(client)
        var event = ContactRecorded()
        event.client = client
        event.staff = asked.caller.staff
        event.channel = try Fields.required(hasChannel ? channel : nil, "channel", "how, as phone")
        guard event.channel != .unspecified else { throw Refusal.field("channel", "`channel` must say how, as phone.") }
        event.direction = direction
        event.minutes = try Fields.bounded(minutes, 0...480, "minutes")
        event.contactedAt = try contactedAtMs(practice, asked)
        func text(_ value: String?) -> PrivateText? { value.map { PrivateText($0, of: client, .clinical) } }
        let with = try Fields.optionalText(hasWith ? with : nil, "with", maxLength: 200)
        let summary = try Fields.text(hasSummary ? summary : nil, "summary", maxLength: 12_000)
        let action = try Fields.optionalText(hasAction ? action : nil, "action", maxLength: 4_000)
        return [
            Draft(
                event,
                about: [
                    Subject(.contact, asked.next), Subject(.client, client), Subject(.staff, asked.caller.staff),
                ],
                effectiveAtMs: event.contactedAt,
                texts: [(\.with, text(with)), (\.summary, text(summary)), (\.action, text(action))])
        ]
    }

    private func contactedAtMs(_ practice: PracticeInitialised, _ asked: Asked) throws -> Int64 {
        guard hasAt else { return asked.nowMs }
        let zone = try Fields.zone(practice.zone, "zone")
        let atMs = try Fields.instantMs(try Fields.dateTime(at, "at"), in: zone, "at")
        let aheadMs = Int64(practice.policy.effectiveAheadMinutes) * 60_000
        guard atMs <= asked.nowMs + aheadMs else {
            throw Refusal.rule("INV-SYS-13", "In the future", "A contact is recorded after it took place.")
                .with { $0.field = "at" }
        }
        return atMs
    }
}
