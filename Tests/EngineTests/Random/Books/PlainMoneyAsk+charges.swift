import Clinic
import Schema
import SwiftProtobuf

extension PlainMoneyAsk {
    /// Whether it is a command about charges.
    mutating func decideCharges(_ command: any Command) -> Bool {
        switch command {
        case let command as PostCharge: decide(command)
        case let command as AdjustCharge: decide(command)
        case let command as VoidCharge:
            guard let charge = charge(command.hasCharge ? command.charge : nil) else { return true }
            require(!charge.isFee, "malformed")
            text(command.hasReason ? command.reason : nil, isRequired: true)
            record(
                ChargeVoided.with {
                    $0.charge = command.charge
                    $0.client = charge.posted.client
                })
        case let command as WaiveFee:
            guard let charge = charge(command.hasCharge ? command.charge : nil) else { return true }
            require(charge.isFee, "malformed")
            text(command.hasReason ? command.reason : nil, isRequired: true)
            record(
                FeeWaived.with {
                    $0.charge = command.charge
                    $0.client = charge.posted.client
                })
        default: return false
        }
        return true
    }

    /// One that is on no invoice (INV-BILL-05, -06).
    private mutating func charge(_ id: UInt64?) -> PlainBooks.Charge? {
        guard let id else {
            object("malformed")
            return nil
        }
        guard let charge = books.charges[id] else {
            object("not-found")
            return nil
        }
        requirePending(charge)
        return charge
    }

    mutating func requirePending(_ charge: PlainBooks.Charge) {
        switch charge.standing {
        case .pending: break
        case .drafted: object("INV-BILL-06")
        case .invoiced, .credited: object("INV-BILL-05")
        case .waived, .voided: object("unchanged")
        }
    }

    private mutating func decide(_ command: PostCharge) {
        let visit = command.hasAppointment ? clinic.visits[command.appointment] : nil
        if command.hasAppointment, visit == nil { return object("not-found") }
        guard let client = client(command.hasClient ? command.client : visit?.client) else { return }
        require(visit.map { $0.client == client } ?? true, "malformed")
        require(visit?.status != .enteredInError, "INV-SCHED-26")
        var event = ChargePosted()
        event.client = client
        event.kind = command.hasKind ? command.kind : visit == nil ? .unspecified : .session
        require([.session, .product, .report, .admin].contains(event.kind), "malformed")
        if event.kind == .session {
            require(visit != nil, "malformed")
            require(visit.map { $0.status == .completed } ?? true, "INV-SCHED-27")
            // B3: one charge for a session.
            require(!command.hasAppointment || books.sessionCharge(of: command.appointment) == nil, "INV-BILL-06")
            require(!command.hasAppointment || books.feesBefore[command.appointment] == nil, "INV-BILL-06")
        }
        if command.hasAppointment { event.appointment = command.appointment }
        if let visit { event.staff = visit.place.staff }
        if let id = command.hasService ? command.service : visit?.service {
            require(clinic.services[id] != nil, "not-found")
            event.service = id
        }
        event.serviceDate = min(visit.map { String($0.place.time.startLocal.prefix(10)) } ?? today, today)
        if command.hasServiceDate {
            pastDate(command.serviceDate)
            event.serviceDate = command.serviceDate
        }
        if event.kind == .session, let visit {
            event.minutes = UInt32(clamping: (visit.endMs - visit.startMs) / 60_000)
        }
        guard let unit = unit(command, visit, &event) else { return }
        let discount = price(command.hasDiscount ? command.discount : nil) ?? 0
        let line = line(
            command.hasQuantity ? command.quantity : 1, unit, discount, tax(command, event))
        event.line = line ?? ChargeLine()
        text(command.hasRemark ? command.remark : nil, isRequired: command.hasUnit || command.hasDiscount)
        record(event)
    }

    /// INV-BILL-11: a price of one's own, that of the booking, or the list's on that day.
    private mutating func unit(_ command: PostCharge, _ visit: PlainClinic.Visit?, _ event: inout ChargePosted)
        -> Int64?
    {
        if command.hasUnit { return price(command.unit) }
        if event.kind == .session, let visit, let price = visit.price {
            if let list = visit.priceList { event.priceList = list }
            return price.minor
        }
        if event.hasService, let day = PlainTime.day(event.serviceDate),
            let (amount, list) = clinic.price(of: event.service, on: day)
        {
            event.priceList = list
            return amount.minor
        }
        object("INV-BILL-11")
        return nil
    }

    private mutating func tax(_ command: PostCharge, _ event: ChargePosted) -> TaxCodeDefined? {
        var code = clinic.services[event.service]?.taxCode ?? ""
        if command.hasTaxCode {
            requireForm(ofTaxCode: command.taxCode)
            if books.rates[command.taxCode] == nil { object("not-found") }
            code = command.taxCode
        }
        return code.isEmpty ? nil : books.rate(of: code, on: event.serviceDate)
    }

    /// INV-BILL-02 and -22.
    private mutating func line(
        _ quantity: UInt32, _ unit: Int64, _ discount: Int64, _ tax: TaxCodeDefined?
    ) -> ChargeLine? {
        require((1...10_000).contains(quantity), "INV-BILL-22")
        let full = Int64(quantity).multipliedReportingOverflow(by: unit)
        guard !full.overflow, full.partialValue <= PlainCents.maxMinor else {
            object("malformed")
            return nil
        }
        require(discount <= full.partialValue, "INV-BILL-02")
        return .with {
            $0.quantity = quantity
            $0.unit = money(unit)
            $0.discount = money(discount)
            $0.net = money(full.partialValue - discount)
            if let tax {
                $0.taxCode = tax.code
                $0.taxBasisPoints = tax.basisPoints
            }
        }
    }

    private mutating func decide(_ command: AdjustCharge) {
        guard let charge = charge(command.hasCharge ? command.charge : nil) else { return }
        require(!charge.isFee, "malformed")
        require(!command.hasExpecting || books.changed[command.charge] ?? 0 <= command.expecting, "changed")
        let before = charge.posted.line
        let unit = command.hasUnit ? price(command.unit) : before.unit.minor
        let discount = command.hasDiscount ? price(command.discount) : before.discount.minor
        text(command.hasReason ? command.reason : nil, isRequired: true)
        guard let unit, let discount else { return }
        let tax: TaxCodeDefined? =
            before.hasTaxCode
            ? .with {
                $0.code = before.taxCode
                $0.basisPoints = before.taxBasisPoints
            } : nil
        guard let line = line(command.hasQuantity ? command.quantity : before.quantity, unit, discount, tax) else {
            return
        }
        require(line != before, "unchanged")
        record(
            ChargeAdjusted.with {
                $0.charge = command.charge
                $0.client = charge.posted.client
                $0.line = line
            })
    }
}
