import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: InterchangeEvent, _ recorded: Recorded) throws {
        switch event {
        case .importApplied(let event):
            let before = try tables.latestImports.get(event.source, in: transaction)
            let record = ImportState.with {
                $0.source = event.source
                if let before { $0.after = before.id }
            }
            try tables.imports.put(recorded.position, record, in: transaction)
            try tables.latestImports.put(event.source, .with { $0.id = recorded.position }, in: transaction)
            try found(.import, recorded)
        case .importUndone(let event):
            for id in event.clients {
                guard var client = try tables.clients.get(id, in: transaction) else { continue }
                client.withdrawn = true
                try tables.clients.put(id, client, in: transaction)
                try forget(client.source, .client, id)
                try change(id, .client, recorded)
            }
            for id in event.appointments {
                guard let appointment = try tables.appointments.get(id, in: transaction) else { continue }
                try forget(appointment.source, .appointment, id)
            }
            try change(event.import, .import, recorded)
        }
    }

    /// Counts what imports brought a client, by one more or one less.
    borrowing func countImported(of client: UInt64, _ source: Source, isMore: Bool) throws {
        guard !source.name.isEmpty, var state = try tables.clients.get(client, in: transaction) else { return }
        if isMore { state.importedThings += 1 } else { state.importedThings -= 1 }
        try tables.clients.put(client, state, in: transaction)
    }
}
