import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    /// Folds one record in. Never refuses: what is recorded has happened. An error means a damaged or foreign state.
    public borrowing func evolve(_ recorded: Recorded) throws {
        try evolveKeys(recorded)
        try evolveCommand(recorded)
        switch recorded.event {
        case .practice(let event): try evolve(event, recorded)
        case .staff(let event): try evolve(event, recorded)
        case .places(let event): try evolve(event, recorded)
        case .clients(let event): try evolve(event, recorded)
        case .availability(let event): try evolve(event, recorded)
        case .scheduling(let event): try evolve(event, recorded)
        case .charting(let event): try evolve(event, recorded)
        case .billing(let event): try evolve(event, recorded)
        case .access(let event): try evolve(event, recorded)
        case .interchange(let event): try evolve(event, recorded)
        }
        try touch(recorded)
        try mark(position: recorded.position + 1)
    }

    /// Whether anything but an import was ever recorded about a client or an appointment tells whether an import can
    /// still be taken back.
    private borrowing func touch(_ recorded: Recorded) throws {
        guard recorded.header.actor.kind != .import else { return }
        for subject in recorded.header.subjects where subject.kind == .client || subject.kind == .appointment {
            guard var row = try tables.things.get(subject.id, in: transaction) else { continue }
            row.touched = recorded.position
            try tables.things.put(subject.id, row, in: transaction)
        }
    }

    /// Something was founded by this record.
    borrowing func found(_ kind: Subject.Kind, _ recorded: Recorded) throws {
        try change(recorded.position, kind, recorded)
    }

    /// Something changed by this record.
    borrowing func change(_ thing: UInt64, _ kind: Subject.Kind, _ recorded: Recorded) throws {
        var row = try tables.things.get(thing, in: transaction) ?? ThingState()
        row.kind = kind
        row.changed = recorded.position
        try tables.things.put(thing, row, in: transaction)
    }
}
