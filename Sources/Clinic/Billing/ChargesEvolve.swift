import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: ChargePosted, _ recorded: Recorded) throws {
        var state = ChargeState()
        state.posted = event
        state.posted.clearRemark()
        state.standing = .pending
        try tables.billing.charges.put(recorded.position, state, in: transaction)
        try tables.billing.pendingCharges.put(
            Pair(event.client, recorded.position), .with { $0.id = recorded.position }, in: transaction)
        if event.hasAppointment {
            try tables.billing.chargesOfAppointment.put(
                Pair(event.appointment, recorded.position), .with { $0.id = recorded.position }, in: transaction)
        }
        try found(.charge, recorded)
    }

    borrowing func updateCharge(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout ChargeState) -> Void
    ) throws {
        var state = try charge(id)
        update(&state)
        try tables.billing.charges.put(id, state, in: transaction)
        let key = Pair(state.posted.client, id)
        if state.standing == .pending {
            try tables.billing.pendingCharges.put(key, .with { $0.id = id }, in: transaction)
        } else {
            try tables.billing.pendingCharges.delete(key, in: transaction)
        }
        try change(id, .charge, recorded)
    }

    /// The client gave late notice, or stayed away.
    borrowing func miss(_ appointment: UInt64, _ recorded: Recorded) throws {
        let state = try self.appointment(appointment)
        let key = Pair(state.client, Pair(state.arrangement.year, recorded.position))
        try tables.billing.missed.put(key, .with { $0.id = appointment }, in: transaction)
    }

    /// An appointment that should never have been was not missed either.
    borrowing func forgetMissed(_ appointment: UInt64, of client: UInt64) throws {
        var keys: [Pair<UInt64, Pair<UInt64, UInt64>>] = []
        try tables.billing.missed.scan(prefix: client, in: transaction) { key, row in
            if row.id == appointment { keys.append(key) }
            return .next
        }
        for key in keys { try tables.billing.missed.delete(key, in: transaction) }
    }
}

extension Arrangement {
    /// The calendar year that it is planned in, by the clock of the place.
    var year: UInt64 { UInt64(time.startLocal.prefix(4)) ?? 0 }
}
