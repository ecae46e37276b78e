import Clinic
import Foundation
import Schema

/// Something that was asked of the clinic as it stood.
struct PlainAsk {
    let clinic: PlainClinic
    let command: any Command
    /// As it was sent.
    let json: String
    /// Who they are; nil for nobody who is let in.
    let caller: UInt64?
    /// The Unix user by which they came in; nil when they showed a token.
    let uid: UInt32?
    let nowMs: Int64
    /// Clients of whom the registrations said the same as this command.
    var namesakes: [UInt64] = []
    /// What commands said of drafts.
    var drafts: [UInt64: PlainDraft] = [:]
    /// Nothing in it is wrong by intent.
    let isSensible: Bool

    var name: String { type(of: command).name }
    var callerRoles: Set<Role.Value> { clinic.roles(of: caller, atMs: nowMs) }

    /// The appointment that it names.
    var visit: (id: UInt64, visit: PlainClinic.Visit)? {
        guard let id = number("appointment"), let visit = clinic.visits[id] else { return nil }
        return (id, visit)
    }

    /// What a field holds, by its path, as `resolutions[0].staff`.
    func value(_ path: String) -> Any? {
        var value: Any? = try? JSONSerialization.jsonObject(with: Data(json.utf8))
        for part in path.split(whereSeparator: { ".[]".contains($0) }) {
            value =
                Int(part).map { index in
                    (value as? [Any]).flatMap { $0.indices.contains(index) ? $0[index] : nil }
                } ?? (value as? [String: Any])?[String(part)]
        }
        return value
    }

    func number(_ path: String) -> UInt64? { (value(path) as? NSNumber)?.uint64Value }
    func text(_ path: String) -> String? { value(path) as? String }

    /// Whom it is about.
    var target: (client: UInt64?, staff: UInt64?) {
        if let (_, visit) = visit { return (visit.client, visit.place.staff) }
        if let absence = number("timeOff").flatMap({ clinic.absences[$0] }) { return (nil, absence.staff) }
        return documentTarget ?? (number("client"), number("staff"))
    }

    /// Whose charge, invoice, credit or note it names.
    private var documentTarget: (client: UInt64?, staff: UInt64?)? {
        let books = clinic.books
        if let posted = number("charge").flatMap({ books.charges[$0] })?.posted {
            return (posted.client, posted.hasStaff ? posted.staff : nil)
        }
        let writeOff = number("writeOff").flatMap { books.writeOffs[$0] }
        if let invoice = (number("invoice") ?? writeOff?.invoice).flatMap({ books.invoices[$0] }) {
            return (invoice.account.client, nil)
        }
        let allocation = number("allocation").flatMap { books.allocations[$0] }
        if let id = number("payment") ?? number("creditNote") ?? allocation?.payment, let credit = books.credits[id] {
            return (credit.account.client, nil)
        }
        return number("note").flatMap { clinic.notes[$0] }.map { ($0.started.client, $0.author) }
    }

    /// The roles in which the caller may send it.
    var permitting: [Role.Value] {
        guard let caller else { return [] }
        let (client, staff) = target
        return clinic.roles(of: caller, permitting: name, client: client, staff: staff, nowMs: nowMs)
    }

    /// What is wanted on the calendar, of a command that places something there.
    var wish: PlainWish? {
        switch command {
        case let command as BookAppointment: wish(command)
        case let command as RescheduleAppointment: wish(command)
        default: nil
        }
    }

    private func zone(_ modality: Modality.Value, _ location: UInt64?) -> TimeZone? {
        guard let location else { return modality == .inPerson ? nil : clinic.onlineZone }
        return clinic.locations[location].map { PlainClinic.zone($0.zone) }
    }

    private func wish(_ command: BookAppointment) -> PlainWish? {
        let location = command.hasLocation ? command.location : nil
        let modality = command.hasModality ? command.modality : (location == nil ? .online : .inPerson)
        guard let service = clinic.services[command.service], clinic.clients[command.client] != nil,
            clinic.staff[command.staff] != nil, let zone = zone(modality, location),
            let startMs = PlainTime.ms(command.start, zone)
        else { return nil }
        let minutes = command.hasMinutes ? command.minutes : service.minutes
        return PlainWish(
            client: command.client, staff: command.staff, service: command.service, modality: modality,
            location: location, room: command.hasRoom ? command.room : nil, startMs: startMs,
            endMs: startMs + Int64(minutes) * 60_000, bufferBeforeMinutes: service.bufferBeforeMinutes,
            bufferAfterMinutes: service.bufferAfterMinutes, isSupportive: service.supportive)
    }

    private func wish(_ command: RescheduleAppointment) -> PlainWish? {
        guard let (id, visit) = visit, let service = clinic.services[visit.service] else { return nil }
        let present = visit.place
        let modality = command.hasModality ? command.modality : present.modality
        var location = present.hasLocation ? present.location : nil
        if present.modality == .inPerson, modality != .inPerson { location = nil }
        if command.hasLocation { location = command.location }
        let staff = command.hasStaff ? command.staff : present.staff
        guard clinic.staff[staff] != nil, let zone = zone(modality, location),
            let startMs = command.hasStart ? PlainTime.ms(command.start, zone) : visit.startMs
        else { return nil }
        let lengthMs = command.hasMinutes ? Int64(command.minutes) * 60_000 : visit.endMs - visit.startMs
        return PlainWish(
            client: visit.client, staff: staff, service: visit.service, modality: modality, location: location,
            room: command.hasRoom ? command.room : nil, keptRoom: present.hasRoom ? present.room : nil,
            startMs: startMs, endMs: startMs + lengthMs, moving: id,
            bufferBeforeMinutes: service.bufferBeforeMinutes, bufferAfterMinutes: service.bufferAfterMinutes,
            isSupportive: visit.isSupportive)
    }

    /// All that is in the way of the wish; nil when there is no wish, or no room is fit for it.
    var conflicts: Set<PlainConflict>? {
        guard let wish, let room = clinic.room(for: wish) else { return nil }
        return clinic.conflicts(of: wish).union(room.conflicts)
    }
}
