import LMDBKit
import Schema
import Timetable

/// What a therapist offers, where and to whom. Whoever never said so offers everything.
extension ClinicState {
    /// Refuses what the therapist of a wish does not offer.
    borrowing func requireOffered(_ wish: Wish) throws {
        let offers = try staff(wish.staff).offers
        _ = try service(wish.service)
        guard offers.services.isEmpty || offers.services.contains(wish.service) else {
            throw Self.notOffered(
                "service", "The therapist does not offer this service. Choose another of either.")
        }
        if wish.modality == .inPerson, let location = wish.location, !offers.locations.isEmpty,
            !offers.locations.contains(location)
        {
            _ = try self.location(location)
            throw Self.notOffered("location", "The therapist does not work at this location. Choose another of either.")
        }
        guard try offers.takesNewClients || isKnown(wish.client, to: wish.staff) else {
            throw Self.notOffered(
                "staff",
                "The therapist takes no new clients. Choose another, or have the client assigned to them first.")
        }
    }

    private static func notOffered(_ field: String, _ detail: String) -> Refusal {
        Refusal(.problem("not-offered"), status: 409, title: "Not offered by this therapist", detail: detail)
            .with { $0.field = field }
    }

    /// Whether a therapist cares, or cared, for a client, or has an appointment of theirs.
    private borrowing func isKnown(_ client: UInt64, to staff: UInt64) throws -> Bool {
        if try careTeam(of: client).contains(where: { $0.staff == staff }) { return true }
        var isFound = false
        try tables.occupancy.scan(prefix: Pair(Resource.client.rawValue, client), in: transaction) { key, _ in
            isFound = try appointment(key.second.second).arrangement.staff == staff
            return isFound ? .stop : .next
        }
        return isFound
    }
}
