import Clinic
import EventStore
import Foundation
import ProjectionKit
import Schema
import Vault

/// Whether the daemon works; nothing of the clinic is in it.
public struct Health: Sendable {
    public struct View: Sendable {
        public var name: String
        /// The number of records folded in.
        public var position: UInt64
        public var status: ViewStatus
    }

    public struct Disk: Sendable {
        public var availableBytes: UInt64
        /// New work is refused.
        public var isBelowFloor: Bool
    }

    public struct Checkpoint: Sendable {
        public var size: UInt64
        /// Since it was published.
        public var ageSeconds: Int?
    }

    public var events: UInt64
    public var isInitialised: Bool
    /// How far the state is with the log after a start, while commands are not accepted.
    public var startPermille: Int?
    public var views: [View]
    public var disk: Disk?
    public var checkpoint: Checkpoint?
    /// The names of key files of requests that did not read at the start.
    public var damagedKeys: [String]
}

extension ClinicEngine {
    /// The user id of the daemon.
    public var ownUID: UInt32 { options.ownUID }

    public var health: Health {
        let space = try? DiskSpace(at: options.dataDirectory)
        return Health(
            events: log.size, isInitialised: log.size > 0, startPermille: published.replayPermille,
            views: views.list.map { Health.View(name: $0.name, position: $0.position, status: $0.status) },
            disk: space.map {
                Health.Disk(
                    availableBytes: $0.availableBytes, isBelowFloor: $0.isBelowFloor(options.freeFloorBytes))
            },
            checkpoint: latestCheckpoint.map { Health.Checkpoint(size: $0.size, ageSeconds: checkpointAgeSeconds) },
            damagedKeys: macKeys.damagedPaths.map { "mac/" + ($0.split(separator: "/").last ?? "") })
    }

    private var checkpointAgeSeconds: Int? {
        var status = stat()
        guard stat(options.dataDirectory + "/tiles/checkpoint", &status) == 0 else { return nil }
        return max(0, Int(clock.nowMs() / 1_000) - status.st_mtim.tv_sec)
    }

    /// Lets in anyone who is known to the clinic, whatever their roles.
    public func recognise(_ credentials: Credentials, name: String) throws(Refusal) -> Caller {
        let nowMs = clock.nowMs()
        let access = try access
        do throws(Refusal) {
            return try access.caller(for: credentials, nowMs: nowMs)
        } catch {
            deny(credentials, name: name, permission: .viewSelf, error, nowMs: nowMs)
            throw error
        }
    }
}
