import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProjectionKit

/// `GET /v1/health`: whether it works, for any local caller; nothing of the clinic is in it.
struct HealthRoute: Sendable {
    let engine: ClinicEngine

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        let health = engine.health
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let body = try encoder.encode(HealthDocument(health))
        return Response(
            status: .ok, headers: [.contentType: "application/json", .daybookPosition: String(health.events)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// As JSON.
struct HealthDocument: Encodable {
    struct View: Encodable {
        var name: String
        var position: UInt64
        var status: String
        var progressPermille: Int?
        var stoppedAt: UInt64?
        var reason: String?
    }

    struct Disk: Encodable {
        var availableBytes: UInt64
        var isBelowFloor: Bool
    }

    struct Checkpoint: Encodable {
        var size: UInt64
        var ageSeconds: Int?
    }

    var status: String
    var version = Daybook.version
    /// The number of events; the position of the next.
    var events: UInt64
    var isInitialised: Bool
    /// While the log is read after a start, and commands are not accepted: how far that is.
    var startPermille: Int?
    var views: [View]
    var disk: Disk?
    var checkpoint: Checkpoint?
    /// Files in the folder of the keys that are damaged; left out when there are none.
    var damagedKeys: [String]?

    init(_ health: Health) {
        events = health.events
        isInitialised = health.isInitialised
        startPermille = health.startPermille
        views = health.views.map { view in
            switch view.status {
            case .serving: View(name: view.name, position: view.position, status: "serving")
            case .upgrading(let permille):
                View(name: view.name, position: view.position, status: "upgrading", progressPermille: permille)
            case .building(let permille):
                View(name: view.name, position: view.position, status: "building", progressPermille: permille)
            case .stopped(let position, let reason):
                View(
                    name: view.name, position: view.position, status: "stopped", stoppedAt: position, reason: reason)
            }
        }
        disk = health.disk.map { Disk(availableBytes: $0.availableBytes, isBelowFloor: $0.isBelowFloor) }
        checkpoint = health.checkpoint.map { Checkpoint(size: $0.size, ageSeconds: $0.ageSeconds) }
        damagedKeys = health.damagedKeys.isEmpty ? nil : health.damagedKeys
        let isWhole =
            damagedKeys == nil && health.views.allSatisfy { $0.status.isServing }
            && !(health.disk?.isBelowFloor ?? false)
        status = startPermille != nil ? "starting" : isWhole ? "ok" : "impaired"
    }
}
