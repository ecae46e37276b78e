import Schema
import Timetable

extension PostCharge: Command {
    public static let permission = Permission.postCharges

    public func target(in state: borrowing ClinicState) throws -> Target {
        if hasAppointment { return try state.target(appointment: appointment) }
        return Target(client: hasClient ? client : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let amount = try Amount(state)
        let session = hasAppointment ? try state.appointment(appointment) : nil
        guard session?.status != .enteredInError else {
            throw Refusal.rule(
                "INV-SCHED-26", "Entered in error", "The appointment was entered in error: nothing is charged for it."
            )
            .with { $0.field = "appointment" }
        }
        let client = try chargedClient(session, state)
        var event = ChargePosted()
        event.client = client
        event.kind = try checkedKind(session)
        if hasAppointment { event.appointment = appointment }
        if let session { event.staff = session.arrangement.staff }
        if let id = hasService ? service : session?.service {
            _ = try state.service(id)
            event.service = id
        }
        event.serviceDate = try checkedDate(session, state, asked).description
        if event.kind == .session, let time = session?.arrangement.time {
            event.minutes = UInt32(clamping: (time.endAt - time.startAt) / 60_000)
        }
        try setLine(of: &event, session, amount, state)
        let needsReason = hasUnit || hasDiscount
        let why = hasRemark ? remark : nil
        let text =
            needsReason
            ? try BillingTexts.required(why, "remark", of: client)
            : try BillingTexts.optional(why, "remark", of: client)
        return [Draft(event, about: event.subjects(asked.next), texts: [(\.remark, text)])]
    }

    private func chargedClient(_ session: AppointmentState?, _ state: borrowing ClinicState) throws -> UInt64 {
        let client = try Fields.required(hasClient ? client : session?.client, "client", "the client's id")
        _ = try state.client(client)
        guard session.map({ $0.client == client }) ?? true else {
            throw Refusal.field("client", "The appointment is with another client.")
        }
        return client
    }

    /// Fees for missed appointments come from the policy alone, so that nobody is charged one on a whim.
    private func checkedKind(_ session: AppointmentState?) throws(Refusal) -> ChargeKind.Value {
        let kind = try Choice.known(hasKind ? kind : nil, "kind", usually: session == nil ? nil : .session)
        switch kind {
        case .session:
            guard let session else {
                throw .field("appointment", "A session is charged by its appointment: name it in `appointment`.")
            }
            guard session.status == .completed else {
                throw .rule(
                    "INV-SCHED-27", "Not held", "The appointment is \(session.status.words): no session was held."
                )
                .with { $0.field = "appointment" }
            }
        case .lateCancel, .noShow:
            throw .field("kind", "`kind` must be session, product, report or admin: fees come from the policy.")
        case .product, .report, .admin, .unspecified, .UNRECOGNIZED: break
        }
        return kind
    }

    private func checkedDate(
        _ session: AppointmentState?, _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> LocalDate {
        let today = try state.today(asked)
        guard hasServiceDate else { return min(session?.arrangement.date ?? today, today) }
        let date = try Fields.date(serviceDate, "serviceDate")
        try BillingDate.requirePast(date, "serviceDate", today: today)
        return date
    }

    /// B3: one charge for a session. INV-BILL-11: the price and the rate of tax are those of the day, and pinned.
    private func setLine(
        of event: inout ChargePosted, _ session: AppointmentState?, _ amount: Amount, _ state: borrowing ClinicState
    ) throws {
        if event.kind == .session, let other = try state.sessionCharge(ofAppointment: event.appointment) {
            throw Refusal.rule(
                "INV-BILL-06", "Charged already",
                "Charge \(other) is for this session. Adjust it, or void it before you post another."
            )
            .with {
                $0.field = "appointment"
                $0.involved = [other]
            }
        }
        if event.kind == .session, let session, let before = try state.openingBalance(of: session) {
            throw Refusal.rule(
                "INV-BILL-06", "Charged before",
                "The books before these asked for this session: opening balance \(before)."
            )
            .with {
                $0.field = "appointment"
                $0.involved = [before]
            }
        }
        let date = LocalDate(iso: event.serviceDate) ?? .min
        let unit = try price(of: &event, session, on: date, amount, state)
        let discount = hasDiscount ? try amount.notNegative(self.discount, "discount") : 0
        let service = event.hasService ? try state.service(event.service).taxCode : ""
        let code = hasTaxCode ? try state.requireTaxCode(taxCode, "taxCode") : service
        let tax = code.isEmpty ? nil : try state.taxRate(of: code, on: date)
        event.line = try ChargeLine(
            quantity: hasQuantity ? quantity : 1, unit: unit, discount: discount, tax: tax, amount)
    }

    private func price(
        of event: inout ChargePosted, _ session: AppointmentState?, on date: LocalDate, _ amount: Amount,
        _ state: borrowing ClinicState
    ) throws -> Int64 {
        if hasUnit { return try amount.notNegative(unit, "unit") }
        if event.kind == .session, let session, session.hasPrice {
            if session.hasPriceList { event.priceList = session.priceList }
            return session.price.minor
        }
        if event.hasService, let (price, list) = try state.price(of: event.service, on: date) {
            event.priceList = list
            return price.minor
        }
        throw Refusal.rule(
            "INV-BILL-11", "No price is known",
            "No price was in force on \(date). Give one in `unit`, with a `remark` why."
        )
        .with { $0.field = "unit" }
    }
}

extension ChargePosted {
    /// Whom and what the posting is about, at the position that it gets.
    func subjects(_ id: UInt64) -> [Subject] {
        [Subject(.charge, id), Subject(.client, client)]
            + (hasAppointment ? [Subject(.appointment, appointment)] : [])
            + (hasStaff ? [Subject(.staff, staff)] : [])
    }
}

extension Arrangement {
    /// The date that it is planned on, by the clock of the place.
    var date: LocalDate? { LocalDateTime(iso: time.startLocal)?.date }
}
