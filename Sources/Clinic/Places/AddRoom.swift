import Schema

extension AddRoom: Command {
    public static let permission = Permission.configurePractice

    public func decide(_ state: borrowing ClinicState, _ asked: Asked) throws -> [Draft] {
        let site = try Fields.required(hasLocation ? location : nil, "location", "the id of the location it is in")
        _ = try state.location(site)
        var event = RoomAdded()
        event.location = site
        event.name = try Fields.line(hasName ? name : nil, "name")
        event.capacity = try people(hasCapacity ? capacity : 2, "capacity")
        event.concurrent = try people(hasConcurrent ? concurrent : 1, "concurrent")
        event.features = try checkedFeatures()
        event.setupMinutes =
            try Fields.number(hasSetupMinutes ? setupMinutes : nil, "setupMinutes", in: 0...720, "minutes") ?? 0
        event.turnaroundMinutes =
            try Fields.number(
                hasTurnaroundMinutes ? turnaroundMinutes : nil, "turnaroundMinutes", in: 0...720, "minutes") ?? 0
        event.sortKey = sortKey
        return [Draft(event, about: [Subject(.room, asked.next), Subject(.location, site)])]
    }

    private func people(_ count: UInt32, _ field: String) throws(Refusal) -> UInt32 {
        guard (1...1_000).contains(count) else {
            throw Refusal.rule("INV-LOC-03", "The room holds nobody", "`\(field)` must be 1 to 1000.")
                .with { $0.field = field }
        }
        return count
    }

    private func checkedFeatures() throws(Refusal) -> [String] {
        try Fields.requireCount(features.count, "features", max: 50)
        try Fields.requireDistinct(features, "features")
        for (index, feature) in features.enumerated() {
            _ = try Fields.line(feature, "features[\(index)]", maxLength: 40)
        }
        return features
    }
}
