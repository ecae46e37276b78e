import Schema
import Timetable

extension AddLocation: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let practice = try state.requirePractice().practice
        var event = LocationAdded()
        event.name = try Fields.line(hasName ? name : nil, "name")
        event.zone = try Fields.zone(hasZone ? zone : practice.zone, "zone").id
        event.address =
            try Fields.optionalText(hasAddress ? address : nil, "address", maxLength: TextLimit.address) ?? ""
        event.requiresRoom = hasRequiresRoom ? requiresRoom : true
        return [Draft(event, about: [Subject(.location, asked.next)])]
    }
}
