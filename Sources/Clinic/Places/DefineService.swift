import LMDBKit
import Schema

extension DefineService: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = ServiceDefined()
        event.code = try Fields.text(hasCode ? code : nil, "code", maxLength: 40)
        try state.requireFreeCode(event.code)
        event.name = try Fields.text(hasName ? name : nil, "name", maxLength: 100)
        event.minutes = try Fields.required(hasMinutes ? minutes : nil, "minutes", "the length in minutes")
        guard (5...480).contains(event.minutes), event.minutes % 5 == 0 else {
            throw Refusal.rule(
                "INV-SVC-01", "The length does not fit", "`minutes` must be 5 to 480, in steps of 5.")
                .with { $0.field = "minutes" }
        }
        event.bufferBeforeMinutes = try Fields.bounded(bufferBeforeMinutes, 0...120, "bufferBeforeMinutes")
        event.bufferAfterMinutes = try Fields.bounded(bufferAfterMinutes, 0...120, "bufferAfterMinutes")
        guard !modalities.contains(.unspecified) else {
            throw Refusal.field("modalities", "`modalities` must name how it is held, as in_person.")
        }
        event.modalities = modalities.isEmpty ? [.inPerson] : Array(Set(modalities)).sorted { $0.rawValue < $1.rawValue }
        event.cpt = try checkedCPT()
        event.claimable = claimable
        event.supportive = supportive
        event.privacyRoom = privacyRoom
        event.people = try Fields.bounded(hasPeople ? people : 2, 1...1_000, "people")
        return [Draft(event, about: [Subject(.service, asked.next)])]
    }

    /// INV-SVC-04: five digits, or four and a letter; HCPCS begins with the letter.
    private func checkedCPT() throws(Refusal) -> String {
        guard hasCpt, !cpt.isEmpty else { return "" }
        let isKnownForm =
            cpt.wholeMatch(of: /[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4}/) != nil
        guard isKnownForm else {
            throw Refusal.rule("INV-SVC-04", "Not a CPT code", "`cpt` must look like 90834.").with { $0.field = "cpt" }
        }
        return cpt
    }
}

extension ClinicState {
    borrowing func requireFreeCode(_ code: String) throws {
        guard try !tables.serviceCodes.contains(code, in: transaction) else {
            throw Refusal.rule("INV-SVC-03", "The code is taken", "Another service has this code.")
                .with { $0.field = "code" }
        }
    }
}
