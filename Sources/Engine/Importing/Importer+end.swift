import Clinic
import Foundation
import Schema

extension Importer {
    /// Records that the sheets are applied, as far as they are.
    func complete() throws {
        var command = CompleteImport()
        command.source = sheets.source
        command.sha256 = Data(sheets.appointments.sha256OfSealed)
        command.clients = UInt32(applied.clients)
        command.appointments = UInt32(applied.appointments)
        command.left = UInt32(applied.left.count)
        command.balances = UInt32(applied.balances)
        applied.id = try deliver([(command, nil)])[0].get().id
    }

    /// Why the job ends early. What was applied until then is recorded as an import, whatever happened, so that it can be
    /// taken back; the error names it.
    func ended(by error: any Error) -> any Error {
        let hint = completeEarly()
        switch error {
        case is JobProgress.Cancellation:
            return JobProgress.Cancellation(
                problem: Refusal(
                    .problem("cancelled"), status: 409, title: "The import was cancelled",
                    detail: hint ?? "Nothing of it was applied."))
        case var refusal as Refusal:
            if let hint { refusal.detail += " " + hint }
            return refusal
        default:
            guard let hint else { return error }
            return Refusal(
                .problem("job-failed"), status: 500, title: "The import failed",
                detail: "It ended with \(type(of: error)). \(hint)")
        }
    }

    /// What is to be said of what was applied; nil when nothing was.
    private func completeEarly() -> String? {
        guard applied.clients + applied.appointments + applied.balances > 0 else { return nil }
        let money = applied.balances > 0 ? ", and the money of \(applied.balances) rows," : ""
        let count = "\(applied.clients) clients and \(applied.appointments) appointments\(money) were applied"
        // The job may have been told to end, but this must be told.
        progress = progress.uncancelled
        do {
            if applied.id == 0 { try complete() }
            return "Before that \(count), as import \(applied.id): repeat the import to bring in the rest, or take it "
                + "back with daybook import --undo \(applied.id)."
        } catch {
            return "Before that \(count), which could not be recorded as an import. Repeat the import to bring in the "
                + "rest; the id that it reports then takes all of it back."
        }
    }
}
