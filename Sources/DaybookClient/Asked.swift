import Schema
import SwiftProtobuf

/// A query of the schema, with the message that answers it.
public protocol Asked: Message, Sendable {
    associatedtype Answer: Message & Sendable
}

extension Agenda: Asked { public typealias Answer = AgendaAnswer }
extension FreeSlots: Asked { public typealias Answer = FreeSlotsAnswer }
extension ShowAppointment: Asked { public typealias Answer = ShowAppointmentAnswer }
extension ClientHistory: Asked { public typealias Answer = ClientHistoryAnswer }
extension AuditTrail: Asked { public typealias Answer = AuditTrailAnswer }
extension ListStaff: Asked { public typealias Answer = ListStaffAnswer }
extension ListLocations: Asked { public typealias Answer = ListLocationsAnswer }
extension ListRooms: Asked { public typealias Answer = ListRoomsAnswer }
extension ListServices: Asked { public typealias Answer = ListServicesAnswer }
extension ListClients: Asked { public typealias Answer = ListClientsAnswer }
extension FindClients: Asked { public typealias Answer = FindClientsAnswer }
extension ShowClient: Asked { public typealias Answer = ShowClientAnswer }
extension ListTimeOff: Asked { public typealias Answer = ListTimeOffAnswer }
extension ListHours: Asked { public typealias Answer = ListHoursAnswer }
extension WhoAmI: Asked { public typealias Answer = WhoAmIAnswer }
extension ListAccess: Asked { public typealias Answer = ListAccessAnswer }
extension Chart: Asked { public typealias Answer = ChartAnswer }
extension NoteQueue: Asked { public typealias Answer = NoteQueueAnswer }
extension ShowNote: Asked { public typealias Answer = ShowNoteAnswer }
extension Balances: Asked { public typealias Answer = BalancesAnswer }
extension Ageing: Asked { public typealias Answer = AgeingAnswer }
extension ExplainBalance: Asked { public typealias Answer = ExplainBalanceAnswer }
extension ListCharges: Asked { public typealias Answer = ListChargesAnswer }
extension ListInvoices: Asked { public typealias Answer = ListInvoicesAnswer }
extension ShowInvoice: Asked { public typealias Answer = ShowInvoiceAnswer }
extension ListPayments: Asked { public typealias Answer = ListPaymentsAnswer }
extension ListPayers: Asked { public typealias Answer = ListPayersAnswer }
extension TrialBalance: Asked { public typealias Answer = TrialBalanceAnswer }
extension Journal: Asked { public typealias Answer = JournalAnswer }
