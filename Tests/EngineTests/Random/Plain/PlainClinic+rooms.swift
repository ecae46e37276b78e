import Schema

extension PlainClinic {
    /// Whether an appointment uses a room: it must have one, it may have one, or it has none (INV-SCHED-06).
    enum RoomUse { case required, allowed, none }

    func roomUse(_ modality: Modality.Value, at location: UInt64?, service: UInt64) -> RoomUse {
        switch modality {
        case .inPerson: location.flatMap { locations[$0]?.requiresRoom } ?? true ? .required : .allowed
        case .online, .phone:
            services[service]?.privacyRoom == true ? (location == nil ? .allowed : .required) : .none
        default: .none
        }
    }

    /// The room that a wish gets, or what is in the way in all those that it could have (INV-SCHED-04). Nothing of
    /// either where no room is used; nil when no room is fit for it.
    func room(for wish: PlainWish) -> (room: UInt64?, conflicts: Set<PlainConflict>)? {
        let use = roomUse(wish.modality, at: wish.location, service: wish.service)
        let people = services[wish.service]?.people ?? 2
        let candidates = rooms.filter { id, room in
            guard room.capacity >= people else { return false }
            if let named = wish.room { return id == named }
            return room.location == wish.location && (use == .required || use == .allowed && id == wish.keptRoom)
        }
        let mustBe = wish.room != nil || use == .required
        guard !candidates.isEmpty else { return mustBe ? nil : (nil, []) }
        let inOrder = candidates.sorted { one, other in
            if (one.key == wish.keptRoom) != (other.key == wish.keptRoom) { return one.key == wish.keptRoom }
            return (one.value.capacity, one.value.sortKey, one.key)
                < (other.value.capacity, other.value.sortKey, other.key)
        }
        var all: Set<PlainConflict> = []
        for (id, _) in inOrder {
            let conflicts = conflicts(of: wish, inRoom: id)
            if conflicts.isEmpty { return (id, []) }
            all.formUnion(conflicts)
        }
        return (nil, mustBe ? all : [])
    }

    /// Those who fill a room at some instant of a wish, with the time to clear it and lay it out between them.
    func conflicts(of wish: PlainWish, inRoom id: UInt64) -> Set<PlainConflict> {
        guard let room = rooms[id] else { return [] }
        let gapMs = wish.isImport ? 0 : Int64(max(room.setupMinutes, room.turnaroundMinutes)) * 60_000
        let others = visits.filter { key, visit in
            key != wish.moving && visit.occupies && visit.place.hasRoom && visit.place.room == id
                && visit.startMs - gapMs < wish.endMs && wish.startMs < visit.endMs + gapMs
        }
        // How many are in it changes only where one comes or goes.
        var edges: [Int64] = [wish.startMs]
        for other in others.values { edges += [other.startMs - gapMs, other.endMs + gapMs] }
        var found: Set<PlainConflict> = []
        for edge in edges where wish.startMs <= edge && edge < wish.endMs {
            let present = others.filter { $0.value.startMs - gapMs <= edge && edge < $0.value.endMs + gapMs }
            guard present.count >= Int(room.concurrent) else { continue }
            found.formUnion(present.keys.map { PlainConflict(kind: "room_overlap", other: $0) })
        }
        return found
    }
}
