extension ImportReport: Encodable {
    private enum Key: String, CodingKey {
        case clients
        case clientRows = "client_rows"
        case appointmentRows = "appointment_rows"
        case duplicateClients = "duplicate_clients"
        case duplicateEvidence = "duplicate_evidence"
        case sharedContacts = "shared_contacts"
        case doubleBookedTherapist = "double_booked_therapist"
        case doubleBookedClient = "double_booked_client"
        case doubleBookedRoom = "double_booked_room"
        case badRows = "bad_rows"
        case badRowPlaces = "bad_row_places"
        case heldBack = "held_back"
        case notes, names, mapping, money, zone
        case moneyLeftOut = "money_left_out"
        case isCut = "is_cut"
    }

    /// Pairs as `["A1", "A2"]`, `bad_rows` as `["A1", "no such date"]`; `bad_row_places` has the same rows with their
    /// sheet and line, `duplicate_evidence` the same pairs with what they agree in.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(clients, forKey: .clients)
        try values.encode(clientRows, forKey: .clientRows)
        try values.encode(appointmentRows, forKey: .appointmentRows)
        try values.encode(duplicateClients.map(\.pair), forKey: .duplicateClients)
        try values.encode(duplicateClients, forKey: .duplicateEvidence)
        try values.encode(sharedContacts, forKey: .sharedContacts)
        try values.encode(doubleBooked[.therapist] ?? [], forKey: .doubleBookedTherapist)
        try values.encode(doubleBooked[.client] ?? [], forKey: .doubleBookedClient)
        try values.encode(doubleBooked[.room] ?? [], forKey: .doubleBookedRoom)
        try values.encode(badRows.map { [$0.name, $0.reason.description] }, forKey: .badRows)
        try values.encode(badRows, forKey: .badRowPlaces)
        try values.encode(heldBack, forKey: .heldBack)
        try values.encode(notes, forKey: .notes)
        try values.encode(names, forKey: .names)
        try values.encode(mapping, forKey: .mapping)
        try values.encodeIfPresent(money, forKey: .money)
        if !moneyLeftOut.isEmpty { try values.encode(moneyLeftOut, forKey: .moneyLeftOut) }
        try values.encode(zone, forKey: .zone)
        try values.encode(isCut, forKey: .isCut)
    }
}

extension ImportReport.AlikePair: Encodable {
    private enum Key: String, CodingKey {
        case clients
        case same
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(pair, forKey: .clients)
        try values.encode(alike, forKey: .same)
    }
}

extension BadRow: Encodable {
    private enum Key: String, CodingKey {
        case sheet, reference, line, reason
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(sheet, forKey: .sheet)
        try values.encode(reference, forKey: .reference)
        try values.encode(line, forKey: .line)
        try values.encode(reason.description, forKey: .reason)
    }
}

extension ImportReport.MappingUsed: Encodable {
    private enum Key: String, CodingKey {
        case clients, appointments, clock
        case ignoredClientHeadings = "ignored_client_headings"
        case ignoredAppointmentHeadings = "ignored_appointment_headings"
        case dateFormat = "date_format"
        case isDateFormatDeclared = "is_date_format_declared"
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(clients, forKey: .clients)
        try values.encode(appointments, forKey: .appointments)
        try values.encode(ignoredClientHeadings, forKey: .ignoredClientHeadings)
        try values.encode(ignoredAppointmentHeadings, forKey: .ignoredAppointmentHeadings)
        try values.encode(dateFormat, forKey: .dateFormat)
        try values.encode(isDateFormatDeclared, forKey: .isDateFormatDeclared)
        try values.encode(clock, forKey: .clock)
    }
}
