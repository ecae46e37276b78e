import Schema
import Timetable

extension BookAppointment: Command {
    public static let permission = Permission.bookAppointments

    public func target(in state: borrowing ClinicState) throws -> Target {
        Target(client: hasClient ? client : nil, staff: hasStaff ? staff : nil)
    }

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice()
        let wish = try wish(state)
        let arranged = try state.arrange(wish, asked)
        let service = try state.service(wish.service)

        var booked = AppointmentBooked()
        booked.client = wish.client
        booked.service = wish.service
        booked.arrangement = arranged.arrangement
        booked.policy = practice.policy
        booked.supportive = service.supportive
        booked.retrospective = wish.isRetrospective
        if let (price, list) = try state.price(of: wish.service, on: wish.start.date) {
            booked.price = price
            booked.priceList = list
        }
        let why = wish.isRetrospective ? PrivateText(retrospectiveReason, of: wish.client, .identity) : nil
        let draft = Draft(
            booked, about: arranged.arrangement.subjects(appointment: asked.next, client: wish.client),
            effectiveAtMs: nil, texts: [(\.retrospectiveReason, why)])
        return [draft] + state.overrideDrafts(arranged, wish, appointment: asked.next)
    }

    func wish(_ state: borrowing ClinicState) throws -> Wish {
        let client = try Fields.required(hasClient ? self.client : nil, "client", "the client's id")
        let staff = try Fields.required(hasStaff ? self.staff : nil, "staff", "the therapist's id")
        let service = try Fields.required(hasService ? self.service : nil, "service", "the service's id")
        _ = try state.client(client)
        _ = try state.staff(staff)
        let defined = try state.service(service)
        var wish = Wish(
            client: client, staff: staff, service: service, location: hasLocation ? location : nil,
            room: hasRoom ? room : nil, start: try Fields.dateTime(hasStart ? start : nil, "start"),
            minutes: hasMinutes ? Int(minutes) : Int(defined.minutes),
            modality: hasModality ? modality : (hasLocation ? .inPerson : .online), supportive: defined.supportive)
        try state.requireOffered(wish)
        wish.accepted = try Choice.known(override, "override")
        wish.reason = try Fields.optionalText(
            hasOverrideReason ? overrideReason : nil, "overrideReason", maxLength: TextLimit.reason)
        wish.isRetrospective =
            try Fields.optionalText(
                hasRetrospectiveReason ? retrospectiveReason : nil, "retrospectiveReason", maxLength: TextLimit.reason)
            != nil
        return wish
    }
}
