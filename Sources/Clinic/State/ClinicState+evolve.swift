import SwiftProtobuf
import LMDBKit
import Schema

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
        case .access(let event): try evolve(event, recorded)
        case .interchange(let event): try evolve(event, recorded)
        }
        try mark(position: recorded.position + 1)
    }

    /// Something was founded by this record.
    borrowing func found(_ kind: Subject.Kind, _ recorded: Recorded) throws {
        try change(recorded.position, kind, recorded)
    }

    /// Something changed by this record.
    borrowing func change(_ thing: UInt64, _ kind: Subject.Kind, _ recorded: Recorded) throws {
        let row = ThingState.with {
            $0.kind = kind
            $0.changed = recorded.position
        }
        try tables.things.put(thing, row, in: transaction)
    }
}
