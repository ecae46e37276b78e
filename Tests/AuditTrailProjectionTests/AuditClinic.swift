import AuditTrailProjection
import ProjectionKit
import Schema
import SwiftProtobuf
import TestKit

/// A practice in New York (0), Ada (1), Bo (2), and clients registered by either in turn (3 to 8).
struct AuditClinic {
    let harness: ViewHarness<AuditTrailView>

    init() throws {
        harness = try ViewHarness()
        try harness.record(.practice(.practiceInitialised(.with { $0.zone = "America/New_York" })))
        try harness.record(.staff(.staffAdded(.with { $0.name = "Ada" })))
        try harness.record(.staff(.staffAdded(.with { $0.name = "Bo" })))
        for number in 0..<6 {
            harness.actor = number.isMultiple(of: 2) ? 1 : 2
            try harness.record(.clients(.clientRegistered(.with { $0.number = "C-\(number)" })))
        }
    }

    func ask(_ change: (inout AuditTrail) -> Void = { _ in }) throws -> AuditTrailAnswer {
        var question = AuditTrail()
        change(&question)
        return try harness.ask(question)
    }

    func positions(_ change: (inout AuditTrail) -> Void = { _ in }) throws -> [UInt64] {
        try ask(change).rows.map(\.position)
    }

    /// Changes a client, about whom and an appointment it is.
    @discardableResult
    func change(_ client: UInt64, by actor: UInt64, atMs nowMs: Int64? = nil) throws -> UInt64 {
        harness.actor = actor
        if let nowMs { harness.nowMs = nowMs }
        return try harness.record(
            .clients(.clientDetailsUpdated(.with { $0.client = client })), about: [.with { $0.id = client }])
    }
}
