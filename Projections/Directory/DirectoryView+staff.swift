import LMDBKit
import ProjectionKit
import Schema

extension DirectoryView {
    func fold(_ event: StaffEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        case .staffAdded(let event):
            var row = StaffRow()
            row.id = recorded.position
            row.name = event.name
            row.email = event.email
            row.changed = recorded.position
            try view.put(staff, recorded.position, row)
        case .roleAssigned(let event):
            try change(event.staff, recorded, view) { row in
                // In the order in which roles are asked whether they permit, which is that of the schema.
                row.roles = Set(row.roles + [event.role]).sorted { $0.rawValue < $1.rawValue }
                row.roleEnds.removeAll { $0.role == event.role }
                guard event.hasUntilAt else { return }
                var end = RoleEnd()
                end.role = event.role
                end.untilAt = event.untilAt
                row.roleEnds.append(end)
            }
        case .roleRevoked(let event):
            try change(event.staff, recorded, view) { row in
                row.roles.removeAll { $0 == event.role }
                row.roleEnds.removeAll { $0.role == event.role }
            }
        case .staffServicesSet(let event):
            try change(event.staff, recorded, view) { row in
                row.services = event.services
                row.locations = event.locations
                row.acceptsNew = event.acceptsNew
            }
        }
    }

    func fold(_ event: AvailabilityEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        // A new week is a change of the member of staff, by which `expecting` is measured.
        case .weeklyHoursSet(let event): try change(event.staff, recorded, view) { _ in }
        case .extraOpeningAdded, .timeOffRequested, .timeOffApproved: break
        }
    }

    private func change(
        _ id: UInt64, _ recorded: Recorded, _ view: ViewWriter, _ body: (inout StaffRow) -> Void
    ) throws {
        try view.update(staff, id) { row in
            body(&row)
            row.changed = recorded.position
        }
    }
}
