import Clinic
import Schema
import SwiftProtobuf
import Timetable

/// The people and places of every story, founded in this order.
public struct Cast: Sendable {
    public fileprivate(set) var owner: UInt64 = 0
    public fileprivate(set) var manager: UInt64 = 0
    public fileprivate(set) var desk: UInt64 = 0
    /// Therapist; primary of `cleo`.
    public fileprivate(set) var ana: UInt64 = 0
    /// Therapist; primary of `carl`.
    public fileprivate(set) var ben: UInt64 = 0
    public fileprivate(set) var supervisor: UInt64 = 0
    public fileprivate(set) var trainee: UInt64 = 0
    public fileprivate(set) var auditor: UInt64 = 0
    /// America/New_York, with rooms that an appointment in person needs.
    public fileprivate(set) var north: UInt64 = 0
    /// At north; for two people.
    public fileprivate(set) var northSmall: UInt64 = 0
    /// At north; for six people, two appointments at once.
    public fileprivate(set) var northLarge: UInt64 = 0
    /// America/Chicago, where no room is needed.
    public fileprivate(set) var south: UInt64 = 0
    /// 50 minutes, in person or online, 120 dollars.
    public fileprivate(set) var therapy: UInt64 = 0
    /// 30 minutes, supportive.
    public fileprivate(set) var conference: UInt64 = 0
    public fileprivate(set) var cleo: UInt64 = 0
    public fileprivate(set) var carl: UInt64 = 0
}

extension Story {
    /// A clinic with its cast. Nobody has hours yet: see `openWeekdays`.
    public static func clinic(isSimulated: Bool = false) throws -> (story: Story, cast: Cast) {
        let story = try Story(empty: isSimulated)
        var cast = Cast()
        cast.owner = try story.begin()
        cast.manager = try story.staff("Mona Manager", .practiceManager)
        cast.desk = try story.staff("Dora Desk", .frontDesk)
        cast.ana = try story.staff("Ana Alder", .therapist)
        cast.ben = try story.staff("Ben Birch", .therapist)
        cast.supervisor = try story.staff("Sue Spruce", .supervisor)
        cast.trainee = try story.staff("Tom Thorn", .trainee)
        cast.auditor = try story.staff("Ada Audit", .auditor)
        try story.build(&cast)
        cast.cleo = try story.client("Cleo", "Clark", born: "1990-02-03", primary: cast.ana)
        cast.carl = try story.client("Carl", "Crane", born: "1985-11-30", primary: cast.ben)
        return (story, cast)
    }

    /// Begins the practice; answers its owner.
    public func begin() throws -> UInt64 {
        let command = InitialisePractice.with {
            $0.name = "Riverbank Practice"
            $0.zone = "America/New_York"
            $0.ownerName = "Olga Owner"
            $0.ownerEmail = "olga@riverbank.example"
            $0.jurisdiction = "US-NY"
        }
        var door = Door()
        door.kind = .socket
        door.uid = 0
        let outcome = try when(command, by: Caller(kind: .staff, staff: next + 1, roles: [.owner], door: door))
        if let refusal = outcome.refusal { throw refusal }
        return 1
    }

    /// Somebody joins, with roles.
    public func staff(_ name: String, _ roles: Role.Value...) throws -> UInt64 {
        let first = name.split(separator: " ").first.map { $0.lowercased() } ?? name
        let id = try given(
            StaffAdded.with {
                $0.name = name
                $0.email = "\(first)@riverbank.example"
            }, about: [Subject(.staff, next)])
        for role in roles {
            try given(
                RoleAssigned.with {
                    $0.staff = id
                    $0.role = role
                }, about: [Subject(.staff, id)])
        }
        return id
    }

    private func build(_ cast: inout Cast) throws {
        cast.north = try location("North", "America/New_York", requiresRoom: true)
        cast.northSmall = try room("Small", at: cast.north, capacity: 2)
        cast.northLarge = try room("Large", at: cast.north, capacity: 6, concurrent: 2)
        cast.south = try location("South", "America/Chicago", requiresRoom: false)
        cast.therapy = try service("TH50", "Individual therapy", minutes: 50)
        cast.conference = try service("CONF", "Case conference", minutes: 30, supportive: true)
        try given(
            PriceListPublished.with {
                $0.effectiveFrom = "2025-01-01"
                let service = cast.therapy
                $0.prices = [
                    .with {
                        $0.service = service;
                        $0.amount = .with {
                            $0.minor = 12_000; $0.currency = "USD"
                        }
                    }
                ]
            }, about: [Subject(.priceList, next)])
    }

    public func location(_ name: String, _ zone: String, requiresRoom: Bool) throws -> UInt64 {
        try given(
            LocationAdded.with {
                $0.name = name
                $0.zone = zone
                $0.requiresRoom = requiresRoom
            }, about: [Subject(.location, next)])
    }

    public func room(_ name: String, at location: UInt64, capacity: UInt32, concurrent: UInt32 = 1) throws -> UInt64 {
        try given(
            RoomAdded.with {
                $0.location = location
                $0.name = name
                $0.capacity = capacity
                $0.concurrent = concurrent
            }, about: [Subject(.room, next), Subject(.location, location)])
    }

    public func service(_ code: String, _ name: String, minutes: UInt32, supportive: Bool = false) throws -> UInt64 {
        try given(
            ServiceDefined.with {
                $0.code = code
                $0.name = name
                $0.minutes = minutes
                $0.people = 2
                $0.supportive = supportive
                $0.modalities = [.inPerson, .online, .phone]
            }, about: [Subject(.service, next)])
    }

    /// Somebody is registered, and in the care of a primary therapist from now on.
    public func client(_ given: String, _ family: String, born: String, primary: UInt64) throws -> UInt64 {
        let client = next
        let number = try withState { try $0.practice()?.clientsRegistered ?? 0 } + 1
        let registered = ClientRegistered.with {
            $0.number = "C-" + String(repeating: "0", count: 6 - String(number).count) + String(number)
            $0.jurisdiction = "US-NY"
        }
        try self.given(
            Draft(
                registered, about: [Subject(.client, client)],
                texts: [
                    (\.givenName, PrivateText(given, of: client, .identity)),
                    (\.familyName, PrivateText(family, of: client, .identity)),
                    (\.dateOfBirth, PrivateText(born, of: client, .identity)),
                ]))
        try assign(primary, to: client, as: .primary)
        return client
    }

    public func assign(_ staff: UInt64, to client: UInt64, as role: CareTeamRole.Value) throws {
        try given(
            CareTeamMemberAssigned.with {
                $0.client = client
                $0.staff = staff
                $0.role = role
                $0.fromAt = nowMs
            }, about: [Subject(.client, client), Subject(.staff, staff)])
    }

    /// Open from Monday to Friday, 09:00 to 17:00, at a location or else online, from the first day of 2026.
    public func openWeekdays(_ staff: UInt64, at location: UInt64? = nil, zone: String = "America/New_York") throws {
        try given(
            WeeklyHoursSet.with {
                $0.staff = staff
                if let location { $0.location = location }
                $0.zone = zone
                $0.effectiveFrom = "2026-01-01"
                $0.blocks = (1...5).map { weekday in
                    HoursBlock.with {
                        $0.weekday = UInt32(weekday)
                        $0.from = "09:00"
                        $0.to = "17:00"
                    }
                }
            }, about: [Subject(.staff, staff)])
    }

    /// Puts the clock to a wall clock reading in New York.
    public func goTo(_ local: String) throws { nowMs = try instantMs(local) }

    /// The instant of a wall clock reading, in New York unless told otherwise.
    public func instantMs(_ local: String, zone: String = "America/New_York") throws -> Int64 {
        guard let zone = Zone(zone), let local = LocalDateTime(iso: local) else {
            throw Refusal.field("local", "Not a wall clock reading.")
        }
        return zone.resolve(local).plannedMs
    }
}
