import Schema

extension DefinePayer: Command {
    public static let permission = Permission.configureBilling

    private static let dueDaysUsual: UInt32 = 30

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        _ = try state.requirePractice()
        var event = PayerDefined()
        event.name = try Fields.line(hasName ? name : nil, "name")
        event.address =
            try Fields.optionalText(hasAddress ? address : nil, "address", maxLength: TextLimit.address) ?? ""
        try BillingTexts.refuseCard(event.name, "name")
        try BillingTexts.refuseCard(event.address, "address")
        event.dueDays =
            try Fields.number(hasDueDays ? dueDays : nil, "dueDays", in: 0...365, "days") ?? Self.dueDaysUsual
        event.missedAllowed = missedAllowed
        return [Draft(event, about: [Subject(.payer, asked.next)])]
    }
}
