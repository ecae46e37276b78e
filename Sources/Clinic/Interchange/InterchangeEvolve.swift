import Schema

extension ClinicState {
    borrowing func evolve(_ event: InterchangeEvent, _ recorded: Recorded) throws {
        switch event {
        case .importApplied: try found(.import, recorded)
        case .importUndone(let event): try change(event.import, .import, recorded)
        }
    }
}
