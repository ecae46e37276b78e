import Timetable

/// An appointment as a sheet describes it, read and typed. Its remarks are personal data.
public struct AppointmentRow: Sendable, Hashable {
    public let reference: String
    public let line: Int
    /// The client's reference in the sheet of clients.
    public let client: String
    /// As written, like service, location and room.
    public let therapist: String
    public let service: String?
    public let location: String?
    public let room: String?
    public let modality: Modality?
    public let status: AppointmentStatus
    public let start: LocalDateTime
    /// How `start` had to be read; `overlapFirst` where the clock showed it twice.
    public let reading: ClockReading
    /// `minutes` long on the clock of a stopwatch, whatever the wall clock did meanwhile.
    public let span: Span
    public let minutes: Int
    public let price: Price?
    /// What the sheet says about payment, unread.
    public let payment: String?
    public let remarks: String?
    /// What is to come in of its money; nil when money stays in the sheet, or nothing follows from what the row says.
    public var money: Result<RowMoney, BadMoney>?
}
