import Schema

extension AddRoom: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let place = try Fields.required(hasLocation ? location : nil, "location", "the location's id")
        _ = try state.location(place)
        var event = RoomAdded()
        event.location = place
        event.name = try Fields.text(hasName ? name : nil, "name", maxLength: 100)
        event.capacity = hasCapacity ? capacity : 2
        event.concurrent = hasConcurrent ? concurrent : 1
        guard (1...1_000).contains(event.capacity) else {
            throw Refusal.rule("INV-LOC-03", "A room holds somebody", "`capacity` must be 1 to 1000.")
                .with { $0.field = "capacity" }
        }
        guard (1...100).contains(event.concurrent) else {
            throw Refusal.field("concurrent", "`concurrent` must be 1 to 100.")
        }
        guard features.count <= 20 else { throw Refusal.field("features", "`features` names more than 20.") }
        event.features = try features.enumerated().map { try Fields.text($1, "features[\($0)]", maxLength: 40) }
        event.setupMinutes = try Fields.bounded(setupMinutes, 0...720, "setupMinutes")
        event.turnaroundMinutes = try Fields.bounded(turnaroundMinutes, 0...720, "turnaroundMinutes")
        event.sortKey = sortKey
        return [Draft(event, about: [Subject(.room, asked.next), Subject(.location, place)])]
    }
}
