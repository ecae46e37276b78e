import ProjectionKit
import Schema
import SwiftProtobuf

extension AppointmentRow {
    /// What the caller may see of it: of a client who is none of theirs only that the time is taken, unless it is on
    /// their own calendar.
    func asSeen(in question: Question) -> AppointmentRow {
        guard staff != question.caller, !question.sees(client: client) else { return self }
        var row = self
        row.clearClient()
        row.clearClientNumber()
        row.clientGivenName = .with { $0.withheld = true }
        row.clientFamilyName = .with { $0.withheld = true }
        row.clearService()
        row.clearServiceName()
        row.clearPrice()
        row.clearLate()
        row.clearRevision()
        row.clearStartedAt()
        row.clearEndedAt()
        return row
    }
}
