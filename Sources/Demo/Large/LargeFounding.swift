import Clinic
import Engine
import Foundation
import Schema
import SwiftProtobuf
import Timetable

/// The first days of the large clinic. Nothing here depends on the seed.
struct LargeFounding {
    var stage: LargeStage
    let time: PracticeTime
    let weeks: [LargeWeek]
    private(set) var house = LargeHouse()

    init(stage: LargeStage, time: PracticeTime, weeks: [LargeWeek]) {
        self.stage = stage
        self.time = time
        self.weeks = weeks
    }

    private var from: LocalDate { time.date(week: -1) }

    mutating func run() throws {
        try practice()
        try places()
        try services()
        try money()
        try staff()
        try hours()
        try tokens()
    }

    private mutating func practice() throws {
        let reply = try stage.must(
            LargeCast.owner,
            InitialisePractice.with {
                $0.name = "Kingsport and Fairmont Group Practice"
                $0.zone = PracticeTime.zoneID
                $0.jurisdiction = "US-NY"
                $0.ownerName = Cast.owner.name
                $0.ownerEmail = Cast.owner.email
            })
        // The practice, then its owner.
        stage.staff[LargeCast.owner] = reply.id + 1
    }

    private mutating func places() throws {
        for place in LargePlace.allCases {
            let id = try stage.must(
                LargeCast.owner,
                AddLocation.with {
                    $0.name = place.name
                    $0.address = place.address
                    $0.zone = place.zoneID
                }
            ).id
            house.places[place] = id
            for (index, room) in LargePlace.rooms.enumerated() {
                try stage.must(
                    LargeCast.owner,
                    AddRoom.with {
                        $0.location = id
                        $0.name = room.name
                        $0.capacity = room.people
                        $0.sortKey = Int32(index + 1)
                    })
            }
        }
    }

    private mutating func services() throws {
        for service in DemoService.allCases {
            house.services[service] = try stage.must(
                LargeCast.owner,
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
        }
        try stage.must(LargeCast.owner, house.publish(from: from))
    }

    private mutating func money() throws {
        try stage.must(
            LargeCast.owner,
            UpdatePracticeProfile.with {
                $0.legalName = "Kingsport and Fairmont Group Practice, PLLC"
                $0.address = LargePlace.harbour.address
                $0.taxID = "00-0000000"
                $0.paymentInstructions = "Bank of Kingsport, account 0000 0000"
            })
        try stage.must(
            LargeCast.owner,
            PublishCancellationPolicy.with {
                $0.lateCancelFee.basisPoints = LargeHouse.lateCancelBasisPoints
                $0.noShowFee.amount.minor = LargeHouse.noShowFeeMinor
                $0.noShowFee.amount.currency = "USD"
                $0.freePerYear = 1
            })
        for (index, name) in LargeTexts.payers.enumerated() {
            house.payers.append(
                try stage.must(
                    LargeCast.owner,
                    DefinePayer.with {
                        $0.name = name
                        $0.dueDays = 45
                        $0.missedAllowed = index == 3
                    }
                ).id)
        }
    }

    private mutating func staff() throws {
        for (index, member) in stage.cast.members.enumerated() where index != LargeCast.owner {
            stage.staff[index] =
                try stage.must(
                    LargeCast.owner,
                    AddStaff.with {
                        $0.name = member.name
                        $0.email = member.email
                        $0.roles = member.roles.filter { $0 != .auditor }
                    }
                ).id
        }
        _ = try stage.engageAuditor(time).get()
    }

    private mutating func hours() throws {
        for (index, week) in weeks.enumerated() {
            let place = LargePlace(therapist: index)
            let staff = stage.staff[LargeCast.firstTherapist + index]
            try stage.must(
                LargeCast.owner,
                SetStaffServices.with {
                    $0.staff = staff
                    $0.services = DemoService.allCases.compactMap { house.services[$0] }
                    $0.locations = [house.places[place] ?? 0]
                    $0.sessionsPerDayMax = 8
                    $0.homeZone = place.zoneID
                })
            for isOnline in [false, true] {
                try stage.must(
                    LargeCast.owner,
                    SetWeeklyHours.with {
                        $0.staff = staff
                        if !isOnline { $0.location = house.places[place] ?? 0 }
                        $0.effectiveFrom = from.description
                        $0.blocks = week.blocks.filter { $0.isOnline == isOnline }.map(Self.block)
                    })
            }
        }
    }

    private static func block(_ block: LargeBlock) -> Schema.HoursBlock {
        .with {
            $0.weekday = UInt32(block.weekday)
            $0.from = Clock.text(block.from)
            $0.to = Clock.text(block.to)
            $0.modalities = block.isOnline ? [.online, .phone] : [.inPerson]
            $0.selfBook = true
        }
    }

    /// In a simulated practice a token given to somebody else is good at once: nobody is there to take it up.
    private mutating func tokens() throws {
        for member in stage.cast.members.indices {
            let secret = Secret()
            try stage.must(
                LargeCast.owner,
                IssueToken.with {
                    $0.staff = stage.staff[member]
                    $0.sha256 = Data(secret.sha256)
                    $0.label = "first"
                })
            stage.give(secret, to: member)
        }
    }
}

extension LargePlace {
    /// Where a therapist works, by their number among therapists.
    init(therapist: Int) { self = Self.allCases[therapist % Self.allCases.count] }
}

extension LargeStage {
    /// An audit has an end, which the owner puts off for as long as the demo goes on.
    mutating func engageAuditor(_ time: PracticeTime) throws -> Outcome {
        let today = time.zone.local(ofMs: nowMs)?.date ?? time.today
        return try send(
            LargeCast.owner,
            AssignRole.with {
                $0.staff = staff[LargeCast.auditor]
                $0.role = .auditor
                $0.until = (today.adding(days: 364) ?? today).description
            })
    }
}
