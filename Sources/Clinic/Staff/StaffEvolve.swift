import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: StaffEvent, _ recorded: Recorded) throws {
        switch event {
        case .staffAdded(let event):
            let state = StaffState.with {
                $0.name = event.name
                $0.email = event.email
            }
            try tables.staff.put(recorded.position, state, in: transaction)
            if !event.email.isEmpty {
                try tables.staffEmails.put(
                    event.email.lowercased(), .with { $0.id = recorded.position }, in: transaction)
            }
            try found(.staff, recorded)
        case .roleAssigned(let event):
            try updateStaff(event.staff, recorded) { $0.roles.append(event.role) }
        case .roleRevoked(let event):
            try updateStaff(event.staff, recorded) { $0.roles.removeAll { $0 == event.role } }
        case .staffServicesSet(let event):
            try updateStaff(event.staff, recorded) { $0.offers = event }
        }
    }

    private borrowing func updateStaff(
        _ id: UInt64, _ recorded: Recorded, _ update: (inout StaffState) -> Void
    ) throws {
        var state = try staff(id)
        update(&state)
        try tables.staff.put(id, state, in: transaction)
        try change(id, .staff, recorded)
    }
}
