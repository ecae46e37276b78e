import Clinic
import Foundation
import Schema
import SwiftProtobuf
import Timetable

/// The first days: the practice, its places, services, prices, staff and their hours. Nothing here depends on the seed,
/// so that their ids are the same in every demo.
struct Founding {
    var stage: Stage
    let time: PracticeTime
    let size: DemoSize
    private(set) var house = House()

    init(stage: Stage, time: PracticeTime, size: DemoSize) {
        self.stage = stage
        self.time = time
        self.size = size
    }

    private var therapists: [Member] { Array(Cast.therapists.prefix(size.therapists)) }
    private var effectiveFrom: String { time.date(week: 0).description }

    mutating func run() async throws {
        try await practice()
        try await places()
        try await services()
        try await staff()
        try await hours()
        try await tokens()
    }

    private mutating func practice() async throws {
        let reply = try await stage.must(
            Cast.owner,
            InitialisePractice.with {
                $0.name = "Kingsport Practice"
                $0.zone = PracticeTime.zoneID
                $0.jurisdiction = "US-NY"
                $0.ownerName = Cast.owner.name
                $0.ownerEmail = Cast.owner.email
            })
        // The practice, then its owner.
        house.staff[Cast.owner] = reply.id + 1
    }

    private mutating func places() async throws {
        for place in DemoPlace.allCases {
            let id = try await stage.must(
                Cast.owner,
                AddLocation.with {
                    $0.name = place.name
                    $0.address = place.address
                }
            ).id
            house.places[place] = id
            for (index, room) in place.rooms.enumerated() {
                try await stage.must(
                    Cast.owner,
                    AddRoom.with {
                        $0.location = id
                        $0.name = room.name
                        $0.capacity = room.people
                        $0.features = room.features
                        $0.sortKey = Int32(index + 1)
                    })
            }
        }
    }

    private mutating func services() async throws {
        var prices = PublishPriceList()
        prices.effectiveFrom = effectiveFrom
        for service in DemoService.allCases {
            let id = try await stage.must(
                Cast.owner,
                DefineService.with {
                    $0.code = service.code
                    $0.name = service.name
                    $0.minutes = UInt32(service.minutes)
                    $0.bufferBeforeMinutes = UInt32(service.bufferBeforeMinutes)
                    $0.bufferAfterMinutes = UInt32(service.bufferAfterMinutes)
                    $0.modalities = service.modalities
                    $0.people = UInt32(service.people)
                }
            ).id
            house.services[service] = id
            prices.prices.append(
                .with {
                    $0.service = id
                    $0.amount.minor = service.price
                    $0.amount.currency = "USD"
                })
        }
        try await stage.must(Cast.owner, prices)
    }

    private mutating func staff() async throws {
        for member in [Cast.manager, Cast.desk, Cast.auditor] + therapists {
            house.staff[member] =
                try await stage.must(
                    Cast.owner,
                    AddStaff.with {
                        $0.name = member.name
                        $0.email = member.email
                        $0.roles = member.roles.filter { $0 != .auditor }
                    }
                ).id
            if member == Cast.auditor { try await stage.engageAuditor(house, time) }
        }
    }

    private mutating func hours() async throws {
        for (index, member) in therapists.enumerated() {
            let staff = house.staff[member] ?? 0
            let blocks = WorkingWeek.blocks(index)
            try await stage.must(
                Cast.owner,
                SetStaffServices.with {
                    $0.staff = staff
                    $0.services = DemoService.allCases.compactMap { house.services[$0] }
                    $0.locations = DemoPlace.allCases.filter { place in blocks.contains { $0.place == place } }
                        .compactMap { house.places[$0] }
                    $0.sessionsPerDayMax = 8
                })
            for place in DemoPlace.allCases.map(Optional.some) + [nil] {
                let here = blocks.filter { $0.place == place }
                guard !here.isEmpty else { continue }
                try await stage.must(
                    Cast.owner,
                    SetWeeklyHours.with {
                        $0.staff = staff
                        if let place { $0.location = house.places[place] ?? 0 }
                        $0.effectiveFrom = effectiveFrom
                        $0.blocks = here.map(Self.block)
                    })
            }
        }
    }

    private static func block(_ block: WorkBlock) -> Schema.HoursBlock {
        .with {
            $0.weekday = UInt32(block.weekday)
            $0.from = Clock.text(block.from)
            $0.to = Clock.text(block.to)
            $0.modalities = block.place == nil ? [.online, .phone] : [.inPerson]
            $0.selfBook = true
        }
    }

    /// In a simulated practice a token given to somebody else is good at once: nobody is there to take it up.
    private mutating func tokens() async throws {
        for member in [Cast.owner, Cast.manager, Cast.desk, Cast.auditor] + therapists {
            let secret = Secret()
            try await stage.must(
                Cast.owner,
                IssueToken.with {
                    $0.staff = house.staff[member] ?? 0
                    $0.sha256 = Data(secret.sha256)
                    $0.label = "first"
                })
            stage.give(secret, to: member)
        }
    }
}

/// A wall clock reading as the API writes it.
enum Clock {
    static func text(_ minutes: Int) -> String { two(minutes / 60) + ":" + two(minutes % 60) }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
