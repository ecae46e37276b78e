import LMDBKit
import Schema

/// What was founded, by id; each refuses an id of another kind by naming the field.
extension ClinicState {
    public borrowing func practice() throws -> PracticeState? { try tables.practice.get(0, in: transaction) }

    /// The practice, which every command but the first needs.
    borrowing func requirePractice() throws -> PracticeState {
        guard let practice = try practice() else {
            throw Refusal(
                .problem("no-practice"), status: 409, title: "There is no practice yet",
                detail: "Begin one first: daybook init")
        }
        return practice
    }

    borrowing func policy() throws -> PracticePolicy { try requirePractice().practice.policy }

    borrowing func staff(_ id: UInt64, field: String = "staff") throws -> StaffState {
        guard let found = try tables.staff.get(id, in: transaction) else {
            throw Refusal.missing("member of staff", id, field: field)
        }
        return found
    }

    borrowing func location(_ id: UInt64, field: String = "location") throws -> LocationAdded {
        guard let found = try tables.locations.get(id, in: transaction) else {
            throw Refusal.missing("location", id, field: field)
        }
        return found
    }

    borrowing func room(_ id: UInt64, field: String = "room") throws -> RoomAdded {
        guard let found = try tables.rooms.get(id, in: transaction) else {
            throw Refusal.missing("room", id, field: field)
        }
        return found
    }

    borrowing func service(_ id: UInt64, field: String = "service") throws -> ServiceDefined {
        guard let found = try tables.services.get(id, in: transaction) else {
            throw Refusal.missing("service", id, field: field)
        }
        return found
    }

    borrowing func client(_ id: UInt64, field: String = "client") throws -> ClientState {
        guard let found = try tables.clients.get(id, in: transaction) else {
            throw Refusal.missing("client", id, field: field)
        }
        guard !found.withdrawn else {
            throw Refusal.rule(
                "INV-CLI-04", "The client was withdrawn",
                "This client was taken back with the import that brought them."
            )
            .with { $0.field = field }
        }
        return found
    }

    borrowing func appointment(_ id: UInt64, field: String = "appointment") throws -> AppointmentState {
        guard let found = try tables.appointments.get(id, in: transaction) else {
            throw Refusal.missing("appointment", id, field: field)
        }
        return found
    }

    borrowing func timeOff(_ id: UInt64, field: String = "timeOff") throws -> TimeOffState {
        guard let found = try tables.timesOff.get(id, in: transaction) else {
            throw Refusal.missing("time off", id, field: field)
        }
        return found
    }

    /// Refuses when a thing changed after the position that the caller has seen.
    borrowing func expect(_ thing: UInt64, unchangedAfter seen: UInt64?) throws {
        guard let seen, let last = try tables.things.get(thing, in: transaction), last.changed > seen else { return }
        throw Refusal.changedSince(last.changed)
    }

    /// Position of the last change of a thing.
    public borrowing func lastChange(of thing: UInt64) throws -> UInt64? {
        try tables.things.get(thing, in: transaction)?.changed
    }
}
