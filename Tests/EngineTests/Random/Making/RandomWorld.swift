import Clinic
import Foundation
import Schema
import TestKit

/// What there is by now in a made-up clinic: the values of further commands are made up from it.
struct RandomWorld {
    var clinic = PlainClinic()
    /// Milliseconds UTC; the time that the next command will be recorded at.
    var nowMs: Int64
    /// An appointment about which a rule has just turned, or is about to.
    var hint: UInt64?
    /// What the registrations said of clients.
    var people: [UInt64: [String: String]] = [:]
    /// What commands said of drafts.
    var drafts: [UInt64: PlainDraft] = [:]

    init(nowMs: Int64) { self.nowMs = nowMs }

    /// The day in the practice's zone.
    var today: Int { PlainTime.local(nowMs, clinic.zone).day }

    /// Fields that hold the id of something, by what they are called.
    static func kind(ofField name: String) -> String? {
        switch name {
        case "client", "duplicatesAcknowledged": "client"
        case "staff", "primaryTherapist": "staff"
        case "service", "services": "service"
        case "location", "locations", "worksOnlineFrom": "location"
        case "room": "room"
        case "appointment": "appointment"
        case "timeOff": "timeOff"
        case "token": "token"
        case "link": "link"
        case "charge", "charges": "charge"
        case "invoice", "payment", "creditNote", "allocation", "writeOff", "payer": name
        case "replacement": "note"
        default: nil
        }
    }

    func ids(_ kind: String) -> [UInt64] {
        switch kind {
        case "client": clinic.clients.keys.sorted()
        case "staff": clinic.staff.keys.sorted()
        case "service": clinic.services.keys.sorted()
        case "location": clinic.locations.keys.sorted()
        case "room": clinic.rooms.keys.sorted()
        case "appointment": clinic.visits.keys.sorted()
        case "timeOff": clinic.absences.keys.sorted()
        case "token": clinic.tokens.keys.sorted()
        case "link": clinic.links.keys.sorted()
        case "note": clinic.notes.keys.sorted()
        default: documents(kind)
        }
    }

    private func documents(_ kind: String) -> [UInt64] {
        let books = clinic.books
        return switch kind {
        case "charge": books.charges.keys.sorted()
        case "invoice": books.invoices.keys.sorted()
        case "payment": books.credits.filter { $0.value.kind == .payment }.keys.sorted()
        case "creditNote": books.credits.filter { $0.value.kind != .payment }.keys.sorted()
        case "allocation": books.allocations.keys.sorted()
        case "writeOff": books.writeOffs.keys.sorted()
        case "payer": books.payers.keys.sorted()
        default: []
        }
    }

    /// An id of this kind: mostly one there is, and rather a late one.
    func id(_ kind: String, _ random: inout SeededGenerator) -> UInt64 {
        if random.chance(3) { return random.pick([0, 1, .max, 1 << 40] as [UInt64]) ?? 0 }
        let kinds = [
            "client", "staff", "service", "location", "room", "appointment", "timeOff", "token", "link", "note",
            "charge", "invoice", "payment", "creditNote", "allocation", "writeOff", "payer",
        ]
        let known = ids(random.chance(3) ? random.pick(kinds) ?? kind : kind)
        return random.pick(random.chance(60) ? known.suffix(12) : known[...]) ?? 0
    }

    /// What a member of staff shows to be let in; nil for one who has nothing yet.
    func credentials(of staff: UInt64) -> Credentials? {
        let token = clinic.tokens.filter {
            $0.value.staff == staff && !$0.value.isRevoked && !$0.value.awaitsHolder && nowMs < $0.value.expiresAtMs
        }
        if let newest = token.max(by: { $0.key < $1.key }) { return user(99, token: newest.value.sha256) }
        let uids = Set(clinic.links.values.filter { $0.staff == staff }.map(\.uid)).sorted()
        return uids.first { clinic.link(of: $0)?.staff == staff }.map { user($0) }
    }

    /// Those who could come in now.
    var callers: [UInt64] { clinic.staff.keys.sorted().filter { credentials(of: $0) != nil } }

    /// Who could send this, in order of id.
    func callers(of command: String, client: UInt64?, staff: UInt64?) -> [UInt64] {
        callers.filter {
            !clinic.roles(of: $0, permitting: command, client: client, staff: staff, nowMs: nowMs).isEmpty
        }
    }

    /// Those who hold a role that lets them care for clients.
    var therapists: [UInt64] { staff(with: [.therapist]) }

    func staff(with roles: Set<Role.Value>) -> [UInt64] {
        clinic.staff.filter { !$0.value.roles(atMs: nowMs).isDisjoint(with: roles) }.map(\.key).sorted()
    }

    var clients: [UInt64] { clinic.clients.filter { !$0.value.isWithdrawn }.map(\.key).sorted() }

    func visits(_ isFit: (PlainClinic.Visit) -> Bool) -> [UInt64] {
        clinic.visits.filter { isFit($0.value) }.map(\.key).sorted()
    }

    /// Clients of whom a registration said the same: name and birth date, email or phone.
    func namesakes(_ texts: [String: String], except client: UInt64?) -> [UInt64] {
        people.filter { id, known in
            guard id != client, clinic.clients[id]?.isWithdrawn == false else { return false }
            func isSame(_ key: String) -> Bool { texts[key].map { !$0.isEmpty && $0 == known[key] } ?? false }
            return isSame("givenName") && isSame("familyName") && isSame("dateOfBirth") || isSame("email")
                || isSame("phone")
        }
        .map(\.key).sorted()
    }
}
