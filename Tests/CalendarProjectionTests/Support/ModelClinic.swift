/// A clinic as plain lists of minutes since 1970 in UTC: slow, and simple enough to be believed.
struct ModelClinic {
    struct Room {
        var id: UInt64
        var location: UInt64
        var capacity: Int
        var concurrent: Int
        var setup: Int
        var turnaround: Int
        var sortKey: Int
    }

    struct Hours {
        /// Nil for online.
        var location: UInt64?
        /// Day since 1970 from which it holds, and the order in which it was said.
        var fromDay: Int
        var order: Int
        /// Weekday (Monday is 1), from, to in minutes of the day, whether clients may book.
        var blocks: [(weekday: Int, from: Int, to: Int, selfBook: Bool)]
    }

    struct Therapist {
        var id: UInt64
        /// Nil for everything.
        var services: Set<UInt64>?
        var hours: [Hours] = []
        var extra: [(location: UInt64?, time: Range<Int>)] = []
        var off: [Range<Int>] = []
        var dayMax = Int.max
        var weekMax = Int.max
        var runMax = Int.max
        var breakMin = 1
        var worksOnlineFrom: UInt64?
    }

    struct Appointment {
        var id: UInt64
        var client: UInt64
        var staff: UInt64
        var room: UInt64?
        /// Nil for online.
        var location: UInt64?
        var time: Range<Int>
        var before: Int
        var after: Int
        var occupies = true
    }

    struct Wish {
        var service: UInt64
        var minutes: Int
        var before: Int
        var after: Int
        var people: Int
        var isOnline: Bool
        var client: UInt64?
        var primary: UInt64?
        var selfBook: Bool
        var days: Range<Int>
        var now: Int
    }

    struct Slot: Equatable {
        var start: Int
        var staff: UInt64
        var location: UInt64?
        var room: UInt64?
    }

    var locations: [(id: UInt64, requiresRoom: Bool)] = []
    var rooms: [Room] = []
    var therapists: [Therapist] = []
    var appointments: [Appointment] = []
    var travel = 0

    /// Every step of every day, for every therapist at every place, each rule asked by itself.
    func slots(_ wish: Wish) -> [Slot] {
        let places: [UInt64?] = wish.isOnline ? [nil] : locations.map(\.id)
        var found: [(rank: [Int], slot: Slot)] = []
        for therapist in therapists where therapist.services?.contains(wish.service) ?? true {
            for place in places {
                for start in stride(from: wish.days.lowerBound * 1_440, to: wish.days.upperBound * 1_440, by: 15) {
                    guard start > wish.now else { continue }
                    let time = start..<start + wish.minutes
                    guard isOpen(therapist, place, time, wish), !isClose(therapist, place, time, wish),
                        keepsCaps(therapist, time), !isClientBusy(time, wish)
                    else { continue }
                    var slot = Slot(start: start, staff: therapist.id, location: place)
                    if locations.contains(where: { $0.id == place && $0.requiresRoom }) {
                        guard let room = room(at: place, time, wish) else { continue }
                        slot.room = room
                    }
                    let rank = [start, therapist.id == wish.primary ? 0 : 1, Int(therapist.id), Int(place ?? 0)]
                    found.append((rank, slot))
                }
            }
        }
        return found.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.slot)
    }

    /// 1970-01-01 was a Thursday.
    static func weekday(_ day: Int) -> Int { (day + 3) % 7 + 1 }

    private func isOpen(_ therapist: Therapist, _ place: UInt64?, _ time: Range<Int>, _ wish: Wish) -> Bool {
        time.allSatisfy { minute in
            if therapist.off.contains(where: { $0.contains(minute) }) { return false }
            if therapist.extra.contains(where: { $0.location == place && $0.time.contains(minute) }) { return true }
            let day = minute / 1_440
            let inForce = therapist.hours.filter { $0.location == place && $0.fromDay <= day }
                .max { ($0.fromDay, $0.order) < ($1.fromDay, $1.order) }
            return inForce?.blocks.contains {
                $0.weekday == Self.weekday(day) && $0.from <= minute % 1_440 && minute % 1_440 < $0.to
                    && ($0.selfBook || !wish.selfBook)
            } ?? false
        }
    }

    private func isClose(_ therapist: Therapist, _ place: UInt64?, _ time: Range<Int>, _ wish: Wish) -> Bool {
        appointments.contains { other in
            guard other.occupies, other.staff == therapist.id else { return false }
            if other.time.overlaps(time) { return true }
            let here = place ?? therapist.worksOnlineFrom
            let there = other.location ?? therapist.worksOnlineFrom
            let way = here != nil && there != nil && here != there ? travel : 0
            return other.time.lowerBound >= time.upperBound
                ? other.time.lowerBound - time.upperBound < max(wish.after, other.before) + way
                : time.lowerBound - other.time.upperBound < max(other.after, wish.before) + way
        }
    }

    private func keepsCaps(_ therapist: Therapist, _ time: Range<Int>) -> Bool {
        let own = appointments.filter { $0.occupies && $0.staff == therapist.id }.map(\.time)
        let day = time.lowerBound / 1_440
        let monday = day - Self.weekday(day) + 1
        guard own.filter({ $0.lowerBound / 1_440 == day }).count < therapist.dayMax,
            own.filter({ (monday..<monday + 7).contains($0.lowerBound / 1_440) }).count < therapist.weekMax
        else { return false }
        var run = time
        // What is joined may join more, until nothing more is near enough.
        while let near = own.first(where: {
            $0.lowerBound < run.upperBound + therapist.breakMin && $0.upperBound + therapist.breakMin > run.lowerBound
                && !(run.lowerBound <= $0.lowerBound && $0.upperBound <= run.upperBound)
        }) {
            run = min(run.lowerBound, near.lowerBound)..<max(run.upperBound, near.upperBound)
        }
        return run.count <= therapist.runMax
    }

    private func isClientBusy(_ time: Range<Int>, _ wish: Wish) -> Bool {
        appointments.contains { $0.occupies && $0.client == wish.client && $0.time.overlaps(time) }
    }

    private func room(at location: UInt64?, _ time: Range<Int>, _ wish: Wish) -> UInt64? {
        rooms.filter { room in
            guard room.location == location, room.capacity >= wish.people else { return false }
            let gap = max(room.setup, room.turnaround)
            let others = appointments.filter { $0.occupies && $0.room == room.id }.map(\.time)
            return time.allSatisfy { minute in
                others.filter { $0.lowerBound - gap <= minute && minute < $0.upperBound + gap }.count < room.concurrent
            }
        }
        .min { ($0.capacity, $0.sortKey, $0.id) < ($1.capacity, $1.sortKey, $1.id) }?.id
    }
}
