import Foundation
import Interchange

/// What an import found, and what it did.
struct ImportResult: Encodable, Sendable {
    var report: ImportReport
    /// Clients of the sheet who may be on file already, from elsewhere.
    var possiblyOnFile: [Note] = []
    var applied: Applied?
    /// Of a dry run alone.
    var wouldMake: WouldMake?

    struct Applied: Encodable, Sendable {
        /// The import's id, by which it can be taken back; 0 until it is recorded.
        var id: UInt64 = 0
        var clients = 0
        var appointments = 0
        /// Rows that an earlier import of the same name brought already.
        var known = 0
        var staffAdded: [String] = []
        var locationsAdded: [String] = []
        var roomsAdded: [String] = []
        var servicesAdded: [String] = []
        /// Rows that are left, each with why.
        var left: [Left] = []
        /// Rows that are in, but not word for word.
        var notes: [Note] = []
    }

    /// What the sheets name and the practice does not have.
    struct WouldMake: Encodable, Sendable {
        var staff: [String]
        var locations: [String]
        var rooms: [String]
        var services: [String]

        init(_ applied: Applied) {
            staff = applied.staffAdded
            locations = applied.locationsAdded
            rooms = applied.roomsAdded
            services = applied.servicesAdded
        }
    }

    struct Left: Encodable, Sendable {
        var sheet: SheetKind
        var reference: String
        var because: String
        /// Appointments on file that are in the way.
        var conflicts: [UInt64] = []
        /// Rows of the sheets that are in the way.
        var references: [String] = []
    }

    struct Note: Encodable, Sendable {
        var sheet: SheetKind
        var reference: String
        var note: String
    }

    func json() throws -> String { try JobResult.json(self) }
}
