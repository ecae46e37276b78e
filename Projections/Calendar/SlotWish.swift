import LMDBKit
import ProjectionKit
import Schema
import Timetable

/// What a question for free times comes to, once its parts are known to exist and to fit together.
struct SlotWish {
    let service: ServiceDefined
    let serviceID: UInt64
    let modality: WireModality
    let minutes: Int
    let range: DateRange
    let limit: Int
    let client: CalendarClient?
    let clientID: UInt64?
    /// Ids in ascending order; nil for anyone.
    let staff: [UInt64]?
    let locations: [UInt64]?
    let practice: PracticeInitialised
    let request: SlotRequest

    /// The most days that one answer covers.
    private static let daysMax = 62
    private static let limitMax: UInt32 = 500

    init(
        _ query: FreeSlots, _ view: CalendarView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws {
        guard query.hasService else { throw Refusal.field("service", "`service` must be the service's id.") }
        practice = try view.requirePractice(in: transaction)
        service = try view.service(query.service, in: transaction)
        serviceID = query.service
        modality = try Self.modality(query, service)
        minutes = try Self.minutes(query, service, practice.policy)
        limit = try Self.limit(query)
        let zone = try CalendarView.zone(practice.zone)
        range = try DateRange(
            from: query.hasFrom ? query.from : nil, to: query.hasTo ? query.to : nil,
            today: zone.today(question.nowMs), days: 7, daysMax: Self.daysMax)
        clientID = query.hasClient ? query.client : nil
        client = query.hasClient ? try view.client(query.client, in: transaction) : nil
        for (index, id) in query.staff.enumerated() {
            try view.requireStaff(id, field: "staff[\(index)]", in: transaction)
        }
        staff = query.staff.isEmpty ? nil : Set(query.staff).sorted()
        for (index, id) in query.locations.enumerated() {
            _ = try view.location(id, field: "locations[\(index)]", in: transaction)
        }
        locations = query.locations.isEmpty ? nil : Set(query.locations).sorted()
        request = try Self.request(
            query, service, practice.policy, modality, minutes: minutes, range, limit: limit, nowMs: question.nowMs)
    }

    private static func modality(_ query: FreeSlots, _ service: ServiceDefined) throws(Refusal) -> WireModality {
        guard query.hasModality else {
            let usual = service.modalities.first ?? .inPerson
            return service.modalities.contains(.inPerson) ? .inPerson : usual
        }
        guard Timetable.Modality(query.modality) != nil else {
            throw .field("modality", "`modality` must be in_person, online, phone, home_visit or outreach.")
        }
        guard service.modalities.isEmpty || service.modalities.contains(query.modality) else {
            throw Refusal.rule(
                "INV-SCHED-06", "The service is not offered this way",
                "Choose a modality that the service has, or another service."
            ).with { $0.field = "modality" }
        }
        return query.modality
    }

    /// INV-SCHED-01, the length.
    private static func minutes(
        _ query: FreeSlots, _ service: ServiceDefined, _ policy: PracticePolicy
    ) throws(Refusal) -> Int {
        let minutes = query.hasMinutes ? query.minutes : service.minutes
        guard minutes > 0, minutes <= policy.sessionMaxMinutes, minutes % max(1, policy.gridMinutes) == 0 else {
            throw .field(
                "minutes",
                "A session is \(policy.gridMinutes) to \(policy.sessionMaxMinutes) minutes long, in steps of "
                    + "\(policy.gridMinutes).")
        }
        return Int(minutes)
    }

    private static func limit(_ query: FreeSlots) throws(Refusal) -> Int {
        guard query.hasLimit else { return 50 }
        guard (1...limitMax).contains(query.limit) else { throw .field("limit", "`limit` must be 1 to \(limitMax).") }
        return Int(query.limit)
    }

    private static func request(
        _ query: FreeSlots, _ service: ServiceDefined, _ policy: PracticePolicy, _ modality: WireModality, minutes: Int,
        _ range: DateRange, limit: Int, nowMs: Int64
    ) throws(Refusal) -> SlotRequest {
        guard let kind = Timetable.Modality(modality) else {
            throw .field("modality", "The service has no modality; name one.")
        }
        // No policy sets a notice for clients. The horizon binds them and not staff (INV-SCHED-11).
        let isSelfBook = query.hasSelfBook && query.selfBook
        let horizon = Int(policy.horizonDays) * 1_440
        var request = SlotRequest(
            service: query.service, modality: kind, durationMinutes: minutes, from: range.from, to: range.to,
            nowMs: nowMs, audience: isSelfBook ? .client(minNoticeMinutes: 0, horizonMinutes: horizon) : .staff,
            stepMinutes: Int(policy.slotStepMinutes), limit: limit)
        request.bufferBeforeMinutes = Int(service.bufferBeforeMinutes)
        request.bufferAfterMinutes = Int(service.bufferAfterMinutes)
        request.people = Int(service.people)
        return request
    }
}
