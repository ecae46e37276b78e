import LMDBKit
import ProjectionKit
import Schema

extension CalendarView {
    func project(_ event: PlacesEvent, _ recorded: Recorded, into view: ViewWriter) throws {
        switch event {
        case .locationAdded(let event): try view.put(locations, recorded.position, event)
        case .roomAdded(let event): try view.put(rooms, recorded.position, event)
        case .serviceDefined(let event): try view.put(services, recorded.position, event)
        // A booking pins its price.
        case .priceListPublished: break
        }
    }
}
