import Schema
import Timetable

extension ClinicState {
    /// INV-SCHED-06: whether modality, location and room fit together, and in which zone the wall clock is meant.
    borrowing func venue(for wish: Wish, service: ServiceDefined) throws -> Venue {
        guard Timetable.Modality(wish.modality) != nil else { throw Self.unknownModality }
        if !service.modalities.isEmpty, !service.modalities.contains(wish.modality) {
            throw Refusal.rule(
                "INV-SCHED-06", "The service is not offered this way",
                "Choose a modality that the service has, or another service."
            ).with { $0.field = "modality" }
        }
        switch wish.modality {
        case .inPerson:
            guard let id = wish.location else {
                throw Refusal.rule(
                    "INV-SCHED-06", "A location is needed", "An appointment in person needs a location."
                )
                .with { $0.field = "location" }
            }
            let location = try location(id)
            return Venue(
                zone: try Fields.zone(location.zone, "location"), site: id, location: id,
                needsRoom: location.requiresRoom, allowsRoom: true)
        case .online, .phone:
            return try venueWithout(wish, roomAllowed: service.privacyRoom)
        case .homeVisit, .outreach:
            return try venueWithout(wish, roomAllowed: false)
        case .unspecified, .UNRECOGNIZED:
            throw Self.unknownModality
        }
    }

    private static var unknownModality: Refusal {
        .field("modality", "`modality` must be in_person, online, phone, home_visit or outreach.")
    }

    private borrowing func venueWithout(_ wish: Wish, roomAllowed: Bool) throws -> Venue {
        guard wish.room == nil || roomAllowed else {
            throw Refusal.rule(
                "INV-SCHED-06", "No room is used", "An appointment that is not in person takes no room."
            )
            .with { $0.field = "room" }
        }
        let zone: String
        if let id = wish.location {
            zone = try location(id).zone
        } else {
            zone = try requirePractice().practice.onlineZone
        }
        // Online hours are the therapist's own, wherever they sit.
        return Venue(
            zone: try Fields.zone(zone, "location"), site: nil, location: wish.location,
            needsRoom: roomAllowed && wish.location != nil, allowsRoom: roomAllowed)
    }
}
