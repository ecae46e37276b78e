import Schema
import Synchronization

/// How many spreadsheets are received at once: each takes several times its 32 MiB until it is read.
final class UploadPlaces: Sendable {
    private static let placesMax = 2
    private let taken = Mutex(0)

    /// One of the places, free again when it is let go.
    final class Place: Sendable {
        private let places: UploadPlaces

        fileprivate init(_ places: UploadPlaces) { self.places = places }

        deinit { places.taken.withLock { $0 -= 1 } }
    }

    func take() throws(Refusal) -> Place {
        let isFree = taken.withLock { taken in
            guard taken < Self.placesMax else { return false }
            taken += 1
            return true
        }
        guard isFree else {
            throw Refusal(
                .problem("too-many-uploads"), status: 429, title: "Other spreadsheets are on their way",
                detail: "\(Self.placesMax) are received at once. Try again when these are here, in two minutes at most."
            )
        }
        return Place(self)
    }
}
