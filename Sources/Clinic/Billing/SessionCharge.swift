import Schema
import Timetable

extension ClinicState {
    /// What a session's end charges, at the position it gets: the price that was in force at booking for the day of the
    /// session. Without a price there is no charge; a session of an imported sheet was charged in the books before these.
    borrowing func sessionCharge(
        _ appointment: AppointmentInHand, startedAtMs: Int64, at position: UInt64, _ asked: Asked
    ) throws -> [Draft] {
        let state = appointment.state
        guard !asked.isImport, state.hasPrice, try sessionCharge(ofAppointment: appointment.id) == nil,
            try openingBalance(of: state) == nil
        else { return [] }
        let zone = Zone(appointment.arrangement.time.zone)
        guard let date = zone?.local(ofMs: startedAtMs)?.date ?? appointment.arrangement.date else { return [] }
        var event = ChargePosted(appointment, .session, on: date)
        event.minutes = UInt32(clamping: (appointment.endMs - appointment.startMs) / 60_000)
        let code = try service(state.service).taxCode
        event.line = try ChargeLine(
            quantity: 1, unit: state.price.minor, discount: 0,
            tax: code.isEmpty ? nil : try taxRate(of: code, on: date), try Amount(self))
        if state.hasPriceList { event.priceList = state.priceList }
        return [Draft(event, about: event.subjects(position))]
    }

    /// The opening balance in which the books before these asked a fee for an appointment of an imported sheet: the same
    /// row says both.
    borrowing func openingBalance(of appointment: AppointmentState) throws -> UInt64? {
        guard appointment.hasSource, let id = try founded(from: appointment.source, .balance) else { return nil }
        return try openingBalance(id).fee > 0 ? id : nil
    }

    /// The charge that there is for a session, on an invoice or on none. One that was voided, or credited to its whole,
    /// is gone, and so is one that was issued at nothing, which nobody can credit: another can be posted.
    borrowing func sessionCharge(ofAppointment id: UInt64) throws -> UInt64? {
        try charges(ofAppointment: id).first { charge in
            charge.state.posted.kind == .session && charge.state.standing != .voided
                && charge.state.standing != .credited && !charge.state.isIssuedAtNothing
        }?.id
    }
}

extension ChargeState {
    /// It is on an issued invoice, of which nobody owes anything for it.
    var isIssuedAtNothing: Bool { standing == .invoiced && posted.line.net.minor == 0 }
}

extension ChargePosted {
    /// One for an appointment, without its line.
    init(_ appointment: AppointmentInHand, _ kind: ChargeKind.Value, on date: LocalDate) {
        self.init()
        client = appointment.state.client
        self.kind = kind
        self.appointment = appointment.id
        service = appointment.state.service
        staff = appointment.arrangement.staff
        serviceDate = date.description
    }
}
