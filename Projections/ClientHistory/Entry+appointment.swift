import ProjectionKit
import Schema

extension Entry {
    mutating func add(_ event: AppointmentBooked, _ recorded: Recorded) {
        facts.add("service", event.service)
        facts.add(event.arrangement)
        if event.hasPrice { facts.add("price", money: event.price) }
        if event.hasPriceList { facts.add("priceList", event.priceList) }
        facts.add("supportive", event.supportive)
        facts.add("retrospective", event.retrospective)
        facts.add(event.source)
        var ordinal: UInt32 = 0
        texts.append(
            (
                "retrospectiveReason",
                recorded.sealed(event.retrospectiveReason, ordinal: &ordinal, of: client, .identity)
            ))
        texts.append(("remark", recorded.sealed(event.remark, ordinal: &ordinal, of: client, .clinical)))
    }

    mutating func add(_ event: AppointmentRescheduled, _ recorded: Recorded) {
        facts.add(event.arrangement)
        facts.add("revision", event.revision)
        facts.add("by", word: event.by)
        facts.add(instant: "noticeAt", event.noticeAt)
        facts.add("late", event.late)
        add("reason", event.reason, recorded)
    }

    mutating func add(_ event: AppointmentCancelled, _ recorded: Recorded) {
        facts.add("by", word: event.by)
        facts.add("reason", word: event.reason)
        facts.add(instant: "noticeAt", event.noticeAt)
        facts.add("leadMs", event.leadMs)
        facts.add("late", event.late)
        add("note", event.note, recorded)
    }

    mutating func add(_ event: AppointmentConfirmed) {
        facts.add("by", word: event.by)
        facts.add("channel", word: event.channel)
    }

    mutating func add(_ event: ClientCheckedIn) {
        facts.add(instant: "arrivedAt", event.arrivedAt)
        facts.add("idChecked", event.idChecked)
    }

    mutating func add(_ event: SessionStarted, _ recorded: Recorded) {
        facts.add(instant: "startedAt", event.startedAt)
        facts.add("clientJurisdiction", text: event.clientJurisdiction)
        add("clientPlace", event.clientPlace, recorded, .contact)
    }

    mutating func add(_ event: SessionRecordedRetrospectively) {
        facts.add(instant: "startedAt", event.startedAt)
        facts.add(instant: "endedAt", event.endedAt)
    }

    mutating func add(_ event: AppointmentMarkedNoShow) {
        facts.add("minutesWaited", event.minutesWaited)
        facts.add("contactTried", event.contactTried)
    }

    mutating func add(_ event: ConflictOverridden, _ recorded: Recorded) {
        for kind in event.classes { facts.add("class", word: kind) }
        facts.add("others", event.others)
        add("reason", event.reason, recorded)
    }

    /// The one sealed part of an event about an appointment, whose ordinal is therefore 0.
    mutating func add(
        _ name: String, _ field: Sealed, _ recorded: Recorded, _ category: Category.Value = .identity
    ) {
        var ordinal: UInt32 = 0
        texts.append((name, recorded.sealed(field, ordinal: &ordinal, of: client, category)))
    }
}
