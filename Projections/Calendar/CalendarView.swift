import LMDBKit
import ProjectionKit
import Schema

/// The calendar: appointments by whom and what they take up, and all that free times are found from.
///
/// Names are kept once, by whose they are, and joined when answering, so that a changed name shows everywhere at once.
public struct CalendarView: Projector {
    public static let name = "calendar"
    public static let version: UInt64 = 2

    /// One row, at 0.
    let practice: Table<UInt64, PracticeInitialised>
    /// One row, at 0.
    let reach: Table<UInt64, CalendarReach>
    /// Without names, and without the end's wall clock, which is read off when answering.
    let appointments: Table<UInt64, AppointmentRow>
    let entries: Table<EntryKey, CalendarEntry>
    let staff: Table<UInt64, StaffAdded>
    /// By member of staff; absent when nothing was ever set.
    let offers: Table<UInt64, StaffServicesSet>
    let locations: Table<UInt64, LocationAdded>
    let rooms: Table<UInt64, RoomAdded>
    let services: Table<UInt64, ServiceDefined>
    let clients: Table<UInt64, CalendarClient>
    /// (staff, position).
    let hours: Table<Pair<UInt64, UInt64>, WeeklyHoursSet>
    /// (staff, end in ms, position).
    let openings: Table<Pair<UInt64, Pair<Int64, UInt64>>, ExtraOpeningAdded>
    /// (staff, end in ms, position), approved or not; without the name and the end's wall clock.
    let timesOff: Table<Pair<UInt64, Pair<Int64, UInt64>>, TimeOffRow>
    /// By position.
    let timeOffPlaces: Table<UInt64, CalendarTimeOffPlace>

    public init(_ tables: borrowing TableOpener) throws {
        practice = try tables.table("practice", decodedMax: 1_024)
        reach = try tables.table("reach", decodedMax: 1_024)
        appointments = try tables.table("appointments", decodedMax: 32_768)
        entries = try tables.table("entries", decodedMax: 32_768)
        staff = try tables.table("staff", decodedMax: 1_024)
        offers = try tables.table("offers", decodedMax: 1_024)
        locations = try tables.table("locations", decodedMax: 1_024)
        rooms = try tables.table("rooms", decodedMax: 1_024)
        services = try tables.table("services", decodedMax: 1_024)
        clients = try tables.table("clients", decodedMax: 8_192)
        hours = try tables.table("hours", decodedMax: 1_024)
        openings = try tables.table("openings", decodedMax: 1_024)
        timesOff = try tables.table("times-off", decodedMax: 1_024)
        timeOffPlaces = try tables.table("time-off-places")
    }

    public func project(_ recorded: Recorded, into view: ViewWriter) throws {
        switch recorded.event {
        case .practice(let event): try project(event, into: view)
        case .staff(let event): try project(event, recorded, into: view)
        case .places(let event): try project(event, recorded, into: view)
        case .clients(let event): try project(event, recorded, into: view)
        case .availability(let event): try project(event, recorded, into: view)
        case .scheduling(let event): try project(event, recorded, into: view)
        case .charting, .billing, .access, .interchange: break
        }
    }
}
