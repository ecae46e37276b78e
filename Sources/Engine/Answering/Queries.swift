import AuditTrailProjection
import BalancesProjection
import CalendarProjection
import ClientHistoryProjection
import DirectoryProjection
import LMDBKit
import ProjectionKit
import Schema

/// Every question there is. The API, its description and the CLI pick them up from here.
public enum Queries {
    public static let all: [any Query.Type] = [
        Agenda.self, FreeSlots.self, ShowAppointment.self, ListTimeOff.self, ListHours.self, ClientHistory.self,
        AuditTrail.self, ListStaff.self, ListLocations.self, ListRooms.self, ListServices.self, ListClients.self,
        FindClients.self, ShowClient.self, WhoAmI.self, ListAccess.self, Chart.self, NoteQueue.self, ShowNote.self,
        Balances.self, Ageing.self, ExplainBalance.self, ListCharges.self, ListInvoices.self, ShowInvoice.self,
        ListPayments.self, ListPayers.self, TrialBalance.self, Journal.self,
    ]

    public static let byName: [String: any Query.Type] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// Answered from memory; the directory shows the rows.
extension FindClients: Query {
    public static let permission = Permission.viewClients

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> FindClientsAnswer { FindClientsAnswer() }
}
