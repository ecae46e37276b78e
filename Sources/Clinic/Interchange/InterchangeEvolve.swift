import LMDBKit
import Schema

extension ClinicState {
    borrowing func evolve(_ event: InterchangeEvent, _ recorded: Recorded) throws {
        switch event {
        case .importApplied: try found(.import, recorded)
        case .importUndone(let event):
            for id in event.clients {
                guard var client = try tables.clients.get(id, in: transaction) else { continue }
                client.withdrawn = true
                try tables.clients.put(id, client, in: transaction)
                try forget(client.source)
                try change(id, .client, recorded)
            }
            for id in event.appointments {
                if let appointment = try tables.appointments.get(id, in: transaction) { try forget(appointment.source) }
            }
            try change(event.import, .import, recorded)
        }
    }

    /// A row of a sheet founds nothing any more, and can be imported again.
    private borrowing func forget(_ source: Source) throws {
        guard !source.name.isEmpty else { return }
        try tables.sources.delete(source.tableKey, in: transaction)
    }
}
