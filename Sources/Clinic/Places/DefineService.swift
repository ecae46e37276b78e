import LMDBKit
import Schema

extension DefineService: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = ServiceDefined()
        event.code = try Fields.line(hasCode ? code : nil, "code", maxLength: 40)
        try state.requireUnusedCode(event.code)
        event.name = try Fields.line(hasName ? name : nil, "name")
        event.minutes = try checkedMinutes()
        event.bufferBeforeMinutes =
            try Fields.number(
                hasBufferBeforeMinutes ? bufferBeforeMinutes : nil, "bufferBeforeMinutes", in: 0...120, "minutes") ?? 0
        event.bufferAfterMinutes =
            try Fields.number(
                hasBufferAfterMinutes ? bufferAfterMinutes : nil, "bufferAfterMinutes", in: 0...120, "minutes") ?? 0
        event.modalities = modalities.isEmpty ? [.inPerson] : try Fields.modalities(modalities, "modalities")
        event.cpt = try checkedCPT()
        event.claimable = claimable
        event.supportive = supportive
        event.privacyRoom = privacyRoom
        event.people = try Fields.number(hasPeople ? people : nil, "people", in: 1...1_000) ?? 2
        if hasTaxCode, !taxCode.isEmpty { event.taxCode = try state.requireTaxCode(taxCode, "taxCode") }
        return [Draft(event, about: [Subject(.service, asked.next)])]
    }

    private func checkedMinutes() throws(Refusal) -> UInt32 {
        let minutes = try Fields.required(hasMinutes ? self.minutes : nil, "minutes", "how long a session is")
        guard (5...480).contains(minutes), minutes % 5 == 0 else {
            throw Refusal.rule(
                "INV-SVC-01", "The length does not fit", "A session is 5 to 480 minutes long, in steps of 5."
            )
            .with { $0.field = "minutes" }
        }
        return minutes
    }

    /// INV-SVC-04: `12345` or `1234A` of CPT, `H0004` of HCPCS.
    private func checkedCPT() throws(Refusal) -> String {
        guard !cpt.isEmpty else { return "" }
        let code = Array(cpt.utf8)
        let isKnown =
            code.count == 5 && code[1..<4].allSatisfy(Fields.isDigit)
            && (Fields.isDigit(code[0]) && Fields.isCapitalOrDigit(code[4])
                || Fields.isCapital(code[0]) && Fields.isDigit(code[4]))
        guard isKnown else {
            throw Refusal.rule("INV-SVC-04", "Not a billing code", "A code looks like 90837, 0591T or H0004.")
                .with { $0.field = "cpt" }
        }
        return cpt
    }
}

extension ClinicState {
    fileprivate borrowing func requireUnusedCode(_ code: String) throws {
        guard try !tables.serviceCodes.contains(code.lowercased(), in: transaction) else {
            throw Refusal.rule("INV-SVC-01", "The code is taken", "Another service has this code.")
                .with { $0.field = "code" }
        }
    }
}
