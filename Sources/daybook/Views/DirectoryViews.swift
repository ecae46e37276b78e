import Schema

/// Staff, places, services and clients as tables.
enum DirectoryViews {
    static func staff(_ rows: [StaffRow], _ practice: Practice) -> Table {
        Table(
            [Table.Column("Name"), Table.Column("Roles"), Table.Column("Address"), .number("Id")],
            rows.map { row in
                [row.name, row.rolesInWords(practice), row.email, "\(row.id)"]
            })
    }

    static func locations(_ rows: [LocationRow]) -> Table {
        Table(
            [Table.Column("Name"), .fixed("Zone"), Table.Column("Address"), .fixed("Rooms"), .number("Id")],
            rows.map { [$0.name, $0.zone, $0.address, $0.requiresRoom ? "needed" : "not needed", "\($0.id)"] })
    }

    static func rooms(_ rows: [RoomRow]) -> Table {
        Table(
            [
                Table.Column("Room"), Table.Column("Location"), .number("People"), .number("At once"),
                Table.Column("Has"), .number("Id"),
            ],
            rows.map { row in
                [
                    row.name, row.locationName, "\(row.capacity)", row.concurrent > 1 ? "\(row.concurrent)" : "",
                    row.features.joined(separator: ", "), "\(row.id)",
                ]
            })
    }

    static func services(_ rows: [ServiceRow]) -> Table {
        Table(
            [
                .fixed("Code"), Table.Column("Name"), .number("Minutes"), .fixed("Buffers"), .number("Price"),
                Table.Column("How"), .fixed("CPT"), .number("Id"),
            ],
            rows.map { row in
                let buffers = row.bufferBeforeMinutes + row.bufferAfterMinutes > 0
                return [
                    row.code, row.name, "\(row.minutes)",
                    buffers ? "\(row.bufferBeforeMinutes) / \(row.bufferAfterMinutes)" : "", row.price.shown,
                    row.modalities.map(\.word).joined(separator: ", "), row.cpt, "\(row.id)",
                ]
            })
    }

    static func clients(_ rows: [ClientRow]) -> Table {
        Table(
            [
                .fixed("Number"), Table.Column("Name"), .fixed("Born"), Table.Column("Phone"), Table.Column("Email"),
                Table.Column("Therapist"), .number("Id"),
            ],
            rows.map { row in
                [
                    row.number, row.name, row.dateOfBirth.shown, row.phone.shown, row.email.shown,
                    row.careTeam.first { $0.role == "primary" }?.staffName ?? "", "\(row.id)",
                ]
            })
    }

    static func timesOff(_ rows: [TimeOffRow]) -> Table {
        Table(
            [
                Table.Column("Who"), .fixed("From"), .fixed("To"), .fixed("Kind"), .fixed("State"),
                Table.Column("Reason"), .number("Id"),
            ],
            rows.map { row in
                [
                    row.staffName, row.start.replacing("T", with: " "), row.end.replacing("T", with: " "), row.kind,
                    row.approved ? "approved" : "asked for", row.reason.shown, "\(row.id)",
                ]
            })
    }
}
