import Timetable

/// The two sheets and what has to be known to read them.
public struct ImportSource: Sendable {
    public var clients: [UInt8]
    public var appointments: [UInt8]
    /// In which the sheet's wall clock times are meant.
    public var zone: Zone
    /// Nobody is born after this day.
    public var today: LocalDate
    /// Names of the therapists on file; those named in the sheet of clients count as known too.
    public var staffOnFile: [String]
    /// Digits after the decimal mark in the clinic's currency (ISO 4217), 0 to 4.
    public var fractionDigits: Int
    /// No session is longer; the practice's policy says so.
    public var mostMinutes: Int
    public var mapping: MappingFile
    /// The clinic's currency (ISO 4217) when fees and payments are to be read; nil when they stay in the sheet.
    public var moneyIn: String?
    public var limits: SheetLimits

    public init(
        clients: [UInt8], appointments: [UInt8], zone: Zone, today: LocalDate, staffOnFile: [String] = [],
        fractionDigits: Int = 2, mostMinutes: Int = 480, mapping: MappingFile = MappingFile(),
        moneyIn: String? = nil, limits: SheetLimits = SheetLimits()
    ) {
        precondition((0...4).contains(fractionDigits), "no currency has more than four fraction digits")
        self.clients = clients
        self.appointments = appointments
        self.zone = zone
        self.today = today
        self.staffOnFile = staffOnFile
        self.fractionDigits = fractionDigits
        self.mostMinutes = mostMinutes
        self.mapping = mapping
        self.moneyIn = moneyIn
        self.limits = limits
    }
}
