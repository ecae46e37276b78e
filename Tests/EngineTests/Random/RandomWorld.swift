import Clinic
import Schema
import TestKit
import Timetable

/// What there is by now in a made-up clinic: the values of further commands are made up from it.
struct RandomWorld {
    /// Ids by what fields call them.
    var ids: [String: [UInt64]] = [:]
    /// Credentials of members of staff.
    var callers: [UInt64: Credentials] = [:]
    var therapists: [UInt64] = []
    var manager: UInt64 = 0
    var desk: UInt64 = 0
    /// With whom they are, and when they begin, milliseconds UTC.
    var appointments: [UInt64: (staff: UInt64, startMs: Int64)] = [:]
    /// The wall clock in the practice's zone.
    var now: LocalDateTime

    /// What a command founds, as fields call it.
    private static let founded: [String: String] = [
        "AddStaff": "staff", "AddLocation": "location", "AddRoom": "room", "DefineService": "service",
        "RegisterClient": "client", "BookAppointment": "appointment", "RequestTimeOff": "timeOff",
        "IssueToken": "token", "LinkSocketUser": "link", "PostCharge": "charge", "DefinePayer": "payer",
        "DraftInvoice": "invoice",
        "IssueCreditNote": "creditNote", "RecordPayment": "payment", "AllocatePayment": "allocation",
        "WriteOffBalance": "writeOff",
    ]

    mutating func learn(_ command: String, _ reply: Reply) {
        if command != "PostCharge", reply.hasCharge { ids["charge", default: []].append(reply.charge) }
        guard let field = Self.founded[command], reply.hasID else { return }
        ids[field, default: []].append(reply.id)
    }

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
        case "payer", "invoice", "creditNote", "payment", "allocation", "writeOff": name
        default: nil
        }
    }

    /// An id of this kind: mostly one there is, and rather a late one.
    func id(_ kind: String, _ random: inout SeededGenerator) -> UInt64 {
        if random.chance(3) { return [0, 1, .max, 1 << 40].randomElement(using: &random) ?? 0 }
        let others = random.chance(3) ? ids.keys.sorted().randomElement(using: &random) ?? kind : kind
        let known = others == "staff" && random.chance(85) ? therapists : ids[others] ?? []
        let recent = random.chance(60) ? known.suffix(12) : known[...]
        return random.pick(recent) ?? 0
    }
}
