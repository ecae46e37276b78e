import LMDBKit
import Schema
import SwiftProtobuf
import Timetable

extension ClinicState {
    borrowing func evolve(_ event: PlacesEvent, _ recorded: Recorded) throws {
        switch event {
        case .locationAdded(let event):
            try tables.locations.put(recorded.position, event, in: transaction)
            try found(.location, recorded)
        case .roomAdded(let event):
            try tables.rooms.put(recorded.position, event, in: transaction)
            try tables.roomsOfLocation.put(
                Pair(event.location, recorded.position), .with { $0.id = recorded.position }, in: transaction)
            try found(.room, recorded)
        case .serviceDefined(let event):
            try tables.services.put(recorded.position, event, in: transaction)
            try tables.serviceCodes.put(event.code.lowercased(), .with { $0.id = recorded.position }, in: transaction)
            try found(.service, recorded)
        case .priceListPublished(let event):
            for price in event.prices {
                let state = PriceState.with {
                    $0.amount = price.amount
                    $0.priceList = recorded.position
                }
                let from = Int64(LocalDate(iso: event.effectiveFrom)?.daysSinceEpoch ?? 0)
                try tables.prices.put(Pair(price.service, Pair(from, recorded.position)), state, in: transaction)
            }
            try found(.priceList, recorded)
        }
    }
}
