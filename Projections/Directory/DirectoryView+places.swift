import LMDBKit
import ProjectionKit
import Schema
import Timetable

extension DirectoryView {
    func fold(_ event: PlacesEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        let position = recorded.position
        switch event {
        case .locationAdded(let event): try view.put(locations, position, LocationRow(event, id: position))
        case .roomAdded(let event): try view.put(rooms, position, RoomRow(event, id: position))
        case .serviceDefined(let event): try view.put(services, position, ServiceRow(event, id: position))
        case .priceListPublished(let event):
            let from = Int64(LocalDate(iso: event.effectiveFrom)?.daysSinceEpoch ?? 0)
            for price in event.prices {
                try view.put(prices, Pair(price.service, Pair(from, position)), price.amount)
            }
        }
    }
}

extension LocationRow {
    init(_ event: LocationAdded, id: UInt64) {
        self.init()
        self.id = id
        name = event.name
        zone = event.zone
        address = event.address
        requiresRoom = event.requiresRoom
    }
}

extension RoomRow {
    init(_ event: RoomAdded, id: UInt64) {
        self.init()
        self.id = id
        location = event.location
        name = event.name
        capacity = event.capacity
        concurrent = event.concurrent
        features = event.features
    }
}

extension ServiceRow {
    init(_ event: ServiceDefined, id: UInt64) {
        self.init()
        self.id = id
        code = event.code
        name = event.name
        minutes = event.minutes
        bufferBeforeMinutes = event.bufferBeforeMinutes
        bufferAfterMinutes = event.bufferAfterMinutes
        modalities = event.modalities
        if !event.cpt.isEmpty { cpt = event.cpt }
    }
}
