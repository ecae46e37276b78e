import Foundation
import Interchange

/// What an import found, and what it did.
struct ImportResult: Encodable, Sendable {
    var report: ImportReport
    var applied: Applied?

    struct Applied: Encodable, Sendable {
        /// The import's id, by which it can be taken back.
        var id: UInt64
        var clients: Int
        var appointments: Int
        /// Rows that an earlier import of the same name brought already.
        var known: Int
        var staffAdded: [String]
        var roomsAdded: [String]
        var servicesAdded: [String]
        /// Rows that are left, each with why.
        var left: [Left]
    }

    struct Left: Encodable, Sendable {
        var reference: String
        var because: String
        /// Appointments on file that are in the way.
        var conflicts: [UInt64] = []
        /// Rows of the sheet that are in the way.
        var references: [String] = []
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
