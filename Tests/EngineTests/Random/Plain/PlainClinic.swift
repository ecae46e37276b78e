import Foundation
import Schema

/// A clinic as its events alone tell it, kept in the plainest way. Nothing here asks the product's own rules.
struct PlainClinic {
    struct Member {
        var email: String
        /// Those that were given and not taken away, each with the instant at which it ends by itself.
        var given: [Role.Value: Int64] = [:]
        /// Roles that were taken from them.
        var formerRoles: Set<Role.Value> = []
        var offers = StaffServicesSet()

        /// Those that are not over: what has ended counts for nothing (INV-STAFF-09, INV-ACC-04).
        func roles(atMs instantMs: Int64) -> Set<Role.Value> { Set(given.filter { instantMs < $0.value }.keys) }
    }

    struct Person {
        var number: String
        var jurisdiction: String
        var source: Source
        var minorUntilMs: Int64?
        var isWithdrawn = false
        var seats: [Seat] = []
    }

    struct Seat {
        var staff: UInt64
        var role: CareTeamRole.Value
        var fromMs: Int64
        var untilMs: Int64
    }

    struct Visit {
        var client: UInt64
        var service: UInt64
        var place: Arrangement
        var status: AppointmentStatus.Value = .booked
        var revision: UInt32 = 0
        var startedAtMs: Int64 = 0
        var isSupportive: Bool
        var source: Source
        /// Nil for one that was imported.
        var bookedAtMs: Int64?
        /// That of the booking, and the list it is from.
        var price: Money?
        var priceList: UInt64?
        /// Of the terms under which it was booked.
        var policy: UInt64 = 0
        /// When the session was held, as far as it was.
        var heldFromMs: Int64?
        var heldToMs: Int64?

        var startMs: Int64 { place.time.startAt }
        var endMs: Int64 { place.time.endAt }
        /// Whether it takes up its therapist, its client and its room.
        var occupies: Bool { [.booked, .confirmed, .arrived, .inSession, .completed].contains(status) }
        var isOpen: Bool { [.booked, .confirmed, .arrived].contains(status) }
    }

    struct Absence {
        var staff: UInt64
        var startMs: Int64
        var endMs: Int64
        var requestedBy: UInt64
        var isApproved = false
    }

    struct Token {
        var staff: UInt64
        var sha256: [UInt8]
        var expiresAtMs: Int64
        var awaitsHolder: Bool
        var isRevoked = false
    }

    struct Link {
        var uid: UInt32
        var staff: UInt64
        var awaitsHolder: Bool
    }

    struct Import {
        var source: String
        /// The import of the same name before it.
        var after: UInt64?
    }

    var practice = PracticeInitialised()
    var practiceAt: UInt64?
    var staff: [UInt64: Member] = [:]
    var clients: [UInt64: Person] = [:]
    var locations: [UInt64: LocationAdded] = [:]
    var rooms: [UInt64: RoomAdded] = [:]
    var services: [UInt64: ServiceDefined] = [:]
    var prices: [(service: UInt64, fromDay: Int, list: UInt64, amount: Money)] = []
    /// By staff, in order of recording, with the day from which each is in force.
    var weeks: [UInt64: [(fromDay: Int, hours: WeeklyHoursSet)]] = [:]
    var openings: [ExtraOpeningAdded] = []
    var absences: [UInt64: Absence] = [:]
    var visits: [UInt64: Visit] = [:]
    var tokens: [UInt64: Token] = [:]
    /// Those in force: of each user one at most, and one at most that is offered.
    var links: [UInt64: Link] = [:]
    var imports: [UInt64: Import] = [:]
    /// Terms of cancellations, and the position of those in force.
    var policies: [UInt64: CancellationPolicyPublished] = [:]
    var policyAt: UInt64?
    /// What invoices say of the practice, and the position at which it was said.
    var profile: PracticeProfileUpdated?
    var profileAt: UInt64?
    /// Late notices and no-shows, each with the year of the appointment.
    var missed: [(client: UInt64, year: String, appointment: UInt64)] = []
    var notes: [UInt64: PlainNote] = [:]
    /// By appointment, the note that was begun last.
    var liveNotes: [UInt64: UInt64] = [:]
    /// Clients something clinical of whom was sealed.
    var clinicalKeys: Set<UInt64> = []
    var books = PlainBooks()
    /// The last change of each thing.
    var changed: [UInt64: UInt64] = [:]
    /// The positions of the records about each subject.
    var about: [UInt64: [UInt64]] = [:]
    /// Clients and appointments that anything but an import is on record about.
    var touched: Set<UInt64> = []
    var latestMs: Int64 = 0
    var size: UInt64 = 0

    static func zone(_ id: String) -> TimeZone { TimeZone(identifier: id) ?? .gmt }

    var zone: TimeZone { Self.zone(practice.zone) }
    var onlineZone: TimeZone { Self.zone(practice.onlineZone) }

    /// The price on a day, by the list that holds then.
    func price(of service: UInt64, on day: Int) -> (amount: Money, list: UInt64)? {
        prices.filter { $0.service == service && $0.fromDay <= day }
            .max { ($0.fromDay, $0.list) < ($1.fromDay, $1.list) }
            .map { ($0.amount, $0.list) }
    }

    /// Whether somebody has a place on the client's care team.
    func isOnTeam(_ staff: UInt64, of client: UInt64, atMs ms: Int64) -> Bool {
        clients[client]?.seats.contains { $0.staff == staff && $0.fromMs <= ms && ms < $0.untilMs } ?? false
    }

    /// What a member of staff may be at an instant; nothing, for nobody.
    func roles(of staff: UInt64?, atMs instantMs: Int64) -> Set<Role.Value> {
        staff.flatMap { self.staff[$0] }?.roles(atMs: instantMs) ?? []
    }

    /// The link by which a user comes in.
    func link(of uid: UInt32) -> Link? { links.values.first { $0.uid == uid && !$0.awaitsHolder } }

    /// Whom a user was linked to last, whether that was taken up or not.
    func newestLink(of uid: UInt32) -> Link? { links.filter { $0.value.uid == uid }.max { $0.key < $1.key }?.value }

    /// What an import founded that was not taken back.
    func founded(by id: UInt64) -> (clients: [UInt64], visits: [UInt64]) {
        guard let record = imports[id] else { return ([], []) }
        func isIts(_ thing: UInt64, _ source: Source) -> Bool {
            source.name == record.source && thing < id && (record.after.map { thing > $0 } ?? true)
        }
        return (
            clients.filter { isIts($0.key, $0.value.source) && !$0.value.isWithdrawn }.map(\.key).sorted(),
            visits.filter { isIts($0.key, $0.value.source) && $0.value.status != .enteredInError }.map(\.key).sorted()
        )
    }
}
