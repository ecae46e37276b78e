import Clinic
import Schema
import SwiftProtobuf

extension PlainMoneyAsk {
    /// Whether it is a command about the practice's terms.
    mutating func decideSettings(_ command: any Command) -> Bool {
        switch command {
        case let command as UpdatePracticeProfile: decide(command)
        case let command as PublishCancellationPolicy: decide(command)
        case let command as DefineTaxCode: decide(command)
        case let command as DefinePayer: decide(command)
        default: return false
        }
        return true
    }

    private mutating func decide(_ command: UpdatePracticeProfile) {
        var event = clinic.profile ?? PracticeProfileUpdated()
        if command.hasLegalName { event.legalName = command.legalName }
        if command.hasAddress { event.address = command.address }
        if command.hasTaxID { event.taxID = command.taxID }
        if command.hasPhone { event.phone = command.phone }
        if command.hasEmail { event.email = command.email }
        if command.hasPaymentInstructions { event.paymentInstructions = command.paymentInstructions }
        require(event != clinic.profile ?? PracticeProfileUpdated(), "unchanged")
        record(event)
    }

    private mutating func decide(_ command: PublishCancellationPolicy) {
        var event = CancellationPolicyPublished()
        event.lateWindowMinutes = command.hasLateWindowMinutes ? command.lateWindowMinutes : 1_440
        if command.hasLateCancelFee { event.lateCancelFee = fee(command.lateCancelFee) }
        if command.hasNoShowFee { event.noShowFee = fee(command.noShowFee) }
        event.freePerYear = command.freePerYear
        event.exemptReasons = command.exemptReasons.isEmpty ? [.deceased, .duplicate] : command.exemptReasons
        require(event.lateWindowMinutes <= 43_200 && event.freePerYear <= 366, "malformed")
        require(Set(command.exemptReasons).count == command.exemptReasons.count, "malformed")
        require(clinic.policies.max { $0.key < $1.key }?.value != event, "unchanged")
        record(event)
    }

    /// An amount, or a part of the price that is at most the whole.
    private mutating func fee(_ fee: MissedFee) -> MissedFee {
        require(fee.basisPoints <= 10_000 && !(fee.hasAmount && fee.basisPoints > 0), "malformed")
        if fee.hasAmount { _ = price(fee.amount) }
        return fee
    }

    private mutating func decide(_ command: DefineTaxCode) {
        var event = TaxCodeDefined()
        event.code = command.code
        event.basisPoints = command.basisPoints
        event.effectiveFrom = command.hasEffectiveFrom ? command.effectiveFrom : today
        event.exemption = command.exemption
        if command.hasCode { requireForm(ofTaxCode: command.code) } else { object("malformed") }
        require(command.hasBasisPoints && command.basisPoints <= 10_000, "malformed")
        _ = date(event.effectiveFrom)
        let known = books.rates[event.code] ?? []
        require(known.last { $0.effectiveFrom == event.effectiveFrom } != event, "unchanged")
        require(known.count < 200, "malformed")
        record(event)
    }

    /// INV-LEDG-05.
    mutating func requireForm(ofTaxCode code: String) {
        require(code.wholeMatch(of: /[A-Z0-9][A-Z0-9\-]{0,11}/) != nil, "INV-LEDG-05")
    }

    private mutating func decide(_ command: DefinePayer) {
        require(command.name.contains { !$0.isWhitespace }, "malformed")
        require(command.dueDays <= 365, "malformed")
        record(
            PayerDefined.with {
                $0.name = command.name
                $0.address = command.address
                $0.dueDays = command.hasDueDays ? command.dueDays : 30
                $0.missedAllowed = command.missedAllowed
            })
    }
}
