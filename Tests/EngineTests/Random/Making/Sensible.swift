import Clinic
import Foundation
import Schema
import TestKit

/// Makes up commands that somebody in their right mind would send now, as JSON fields: ids that are there, times within
/// hours, steps that an appointment can take.
struct Sensible {
    let world: RandomWorld
    var random: SeededGenerator
    /// Who sends it, where not anybody who may will do.
    var credentials: Credentials?
    /// Who had better not.
    var avoided: Set<UInt64> = []
    /// One of these roles is needed.
    var needed: Set<Role.Value>?

    typealias Fields = [String: String]

    var clinic: PlainClinic { world.clinic }
    var nowMs: Int64 { world.nowMs }

    init(_ world: RandomWorld, _ random: SeededGenerator) {
        self.world = world
        self.random = random
    }

    /// How often each is tried, of about 100: more of what fills a calendar than of what is done once.
    static let weights: [String: Int] = [
        "BookAppointment": 16, "RescheduleAppointment": 7, "CancelAppointment": 4, "ConfirmAppointment": 6,
        "CheckInClient": 7, "StartSession": 10, "EndSession": 14, "RecordSession": 3, "MarkNoShow": 3,
        "MarkEnteredInError": 2, "RecordNonSessionContact": 3, "RegisterClient": 5, "UpdateClientDetails": 4,
        "AssignCareTeamMember": 4, "RequestTimeOff": 3, "ApproveTimeOff": 3, "SetWeeklyHours": 3,
        "AddExtraOpening": 3, "AddStaff": 1, "AssignRole": 2, "RevokeRole": 3, "SetStaffServices": 3,
        "LinkSocketUser": 2, "UnlinkSocketUser": 1, "IssueToken": 2, "RevokeToken": 1, "CompleteEnrolment": 3,
        "AddLocation": 1,
        "AddRoom": 1, "DefineService": 1, "PublishPriceList": 1, "AcceptClock": 1, "InitialisePractice": 0,
        "StartNote": 9, "SaveNoteDraft": 14, "DiscardNoteDraft": 1, "SignNote": 8, "CosignNote": 3, "ReturnNote": 2,
        "AddAddendum": 2, "MarkNoteInError": 1,
        "UpdatePracticeProfile": 1, "PublishCancellationPolicy": 1, "DefineTaxCode": 1, "DefinePayer": 1,
        "PostCharge": 7, "AdjustCharge": 3, "VoidCharge": 2, "WaiveFee": 3, "DraftInvoice": 8,
        "DiscardInvoiceDraft": 1, "IssueInvoice": 8, "VoidInvoice": 1, "IssueCreditNote": 3, "ApplyCredit": 3,
        "RecordPayment": 7, "AllocatePayment": 3, "ReverseAllocation": 2, "ReversePayment": 1, "IssueRefund": 2,
        "WriteOffBalance": 2, "ReverseWriteOff": 1,
    ]

    /// The same as things are: who sits in a session, or is about to, mostly goes on with it.
    static func usual(_ world: RandomWorld) -> [String: Int] {
        var weights = weights
        let begins = world.visits { $0.canStart(atMs: world.nowMs) }
        let ends = world.visits { $0.canEnd(atMs: world.nowMs) }
        weights["StartSession"] = begins.isEmpty ? 2 : 30
        weights["EndSession"] = ends.isEmpty ? 2 : 50
        return weights
    }

    /// The same for an appointment about which a rule turns: whether notice is late, or what follows from the hour.
    static func hinted(_ world: RandomWorld) -> [String: Int] {
        guard let visit = world.hint.flatMap({ world.clinic.visits[$0] }) else { return usual(world) }
        if visit.startMs - world.nowMs > PlainTime.dayMs / 2 {
            return ["CancelAppointment": 4, "RescheduleAppointment": 4, "ConfirmAppointment": 1]
        }
        if visit.status == .inSession { return ["EndSession": 8, "StartSession": 1, "MarkEnteredInError": 1] }
        return [
            "CancelAppointment": 2, "RescheduleAppointment": 2, "ConfirmAppointment": 2, "CheckInClient": 3,
            "StartSession": 6, "EndSession": 1, "RecordSession": 2, "MarkNoShow": 3,
        ]
    }

    /// Nil when there is nothing to do with this command now.
    mutating func fields(of command: String) -> Fields? {
        switch command {
        case "BookAppointment": booking()
        case "RescheduleAppointment": move()
        case "CancelAppointment", "ConfirmAppointment", "CheckInClient", "StartSession", "EndSession", "RecordSession",
            "MarkNoShow", "MarkEnteredInError":
            step(command)
        case "RecordNonSessionContact": contact()
        case "RegisterClient": registration()
        case "UpdateClientDetails": details()
        case "AssignCareTeamMember": assignment()
        case "RequestTimeOff": absence()
        case "ApproveTimeOff": approval()
        case "SetWeeklyHours": week()
        case "AddExtraOpening": opening()
        case "AddStaff", "AssignRole", "RevokeRole", "SetStaffServices": staffing(command)
        case "LinkSocketUser", "UnlinkSocketUser", "IssueToken", "RevokeToken", "CompleteEnrolment": access(command)
        case "AddLocation", "AddRoom", "DefineService", "PublishPriceList": place(command)
        case "AcceptClock": ["jumpMs": number([1, -5, 12_000, 9_000_000])]
        default: document(command)
        }
    }

    private mutating func document(_ command: String) -> Fields? {
        switch command {
        case "StartNote", "SaveNoteDraft", "DiscardNoteDraft", "SignNote", "CosignNote", "ReturnNote", "AddAddendum",
            "MarkNoteInError":
            writing(command)
        case "UpdatePracticeProfile", "PublishCancellationPolicy", "DefineTaxCode", "DefinePayer": setting(command)
        case "PostCharge", "AdjustCharge", "VoidCharge", "WaiveFee": charging(command)
        case "DraftInvoice", "DiscardInvoiceDraft", "IssueInvoice", "VoidInvoice", "IssueCreditNote",
            "WriteOffBalance", "ReverseWriteOff":
            invoicing(command)
        case "RecordPayment", "AllocatePayment", "ApplyCredit", "ReverseAllocation", "ReversePayment", "IssueRefund":
            paying(command)
        default: nil
        }
    }

    // MARK: Values

    static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value? { random.pick(values) }

    mutating func number(_ values: [Int]) -> String { String(pick(values) ?? 0) }

    mutating func word(_ words: [String]) -> String { Self.quoted(pick(words) ?? "") }

    /// What people write, on more than one line too.
    mutating func text() -> String {
        word([
            "as agreed", "zwei\nZeilen", "—", "in a hurry", "ÅÄÖ ilçe İ ı", "\u{202E}rtl", "👩‍👩‍👧",
            String(repeating: "long ", count: 80), "<b>&amp;</b>", "e\u{301}\u{323}", "'; --",
        ])
    }

    mutating func name() -> String {
        (pick(["Ada", "Łukasz", "Zoë", "O'Neil", "王", "İpek", "ISIK", "straße", "Nguyễn", "Jean-Luc"]) ?? "")
            + " \(Int.random(in: 0...9_999, using: &random))"
    }

    mutating func secret() -> String {
        Self.quoted(
            Data((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }).base64EncodedString())
    }

    /// A day from today on, or before.
    mutating func day(_ days: ClosedRange<Int>) -> Int { world.today + Int.random(in: days, using: &random) }

    static func date(_ day: Int) -> String { quoted(PlainTime.text(day: day)) }
}

extension PlainClinic.Visit {
    /// From half an hour before its start until an hour after its end.
    func canStart(atMs nowMs: Int64) -> Bool { isOpen && startMs - 1_800_000 <= nowMs && nowMs < endMs + 3_600_000 }

    /// Within the eight hours that a session lasts at most.
    func canEnd(atMs nowMs: Int64) -> Bool {
        status == .inSession && startedAtMs < nowMs && nowMs - startedAtMs <= 8 * 3_600_000
    }
}
