import Schema

extension ClinicState {
    borrowing func evolve(_ event: ChartingEvent, _ recorded: Recorded) throws {
        switch event {
        case .contactRecorded: try found(.contact, recorded)
        case .noteStarted, .noteDraftSaved, .noteDraftDiscarded, .noteSigned, .noteCosigned, .noteReturned,
            .noteAddendumSigned, .noteMarkedEnteredInError:
            break
        }
    }
}
