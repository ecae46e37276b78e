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
            try updateStaff(event.staff, recorded) { staff in
                staff.remove(event.role)
                staff.roles.append(event.role)
                if event.hasUntilAt { staff.ends.append(RoleEnd(event)) }
            }
        case .roleRevoked(let event):
            try updateStaff(event.staff, recorded) { $0.remove(event.role) }
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

extension StaffState {
    /// Those that are not over by then.
    func roles(atMs instantMs: Int64) -> [Role.Value] {
        roles.filter { role in !ends.contains { $0.role == role && $0.untilAt <= instantMs } }
    }

    fileprivate mutating func remove(_ role: Role.Value) {
        roles.removeAll { $0 == role }
        ends.removeAll { $0.role == role }
    }
}

extension RoleEnd {
    fileprivate init(_ event: RoleAssigned) {
        self.init()
        role = event.role
        untilAt = event.untilAt
    }
}
