import Schema

extension UpdatePracticeProfile: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let present = try state.requirePractice().profile
        var event = present
        if hasLegalName { event.legalName = try Fields.optionalLine(legalName, "legalName") ?? "" }
        if hasAddress {
            event.address = try Fields.optionalText(address, "address", maxLength: TextLimit.address) ?? ""
        }
        if hasTaxID { event.taxID = try Fields.optionalLine(taxID, "taxId", maxLength: 60) ?? "" }
        if hasPhone { event.phone = try Fields.optionalLine(phone, "phone", maxLength: TextLimit.phone) ?? "" }
        if hasEmail { event.email = try Fields.optionalEmail(email, "email") ?? "" }
        if hasPaymentInstructions {
            event.paymentInstructions =
                try Fields.optionalText(paymentInstructions, "paymentInstructions", maxLength: TextLimit.address) ?? ""
        }
        guard event != present else { throw Refusal.unchanged("The profile says this already.") }
        return [Draft(event, about: [])]
    }
}
