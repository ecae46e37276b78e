import Timetable

/// The rows that can be applied, in order of reference. Personal data.
public struct ImportPlan: Sendable {
    public let clients: [ClientRow]
    /// Free of double bookings among themselves.
    public let appointments: [AppointmentRow]
    /// Left out because an earlier row that is kept takes the same therapist, client or room.
    public let heldBack: [HeldBack]
    /// Everyone whom a readable row names as a therapist, in order of name.
    public let therapists: [SheetNames.Named]

    /// A row that is left, and what stands in its way.
    public struct HeldBack: Sendable, Hashable {
        public let row: AppointmentRow
        /// By resource, then by time.
        public let because: [Clash]
    }

    /// `resource` is taken by the row `reference`.
    public struct Clash: Sendable, Hashable, Encodable {
        public let resource: Resource
        public let reference: String
    }

    /// Both lists must be in order of reference: who comes first is kept.
    init(clients: [ClientRow], appointments: [AppointmentRow]) {
        var kept: [AppointmentRow] = []
        var heldBack: [HeldBack] = []
        var taken = TakenTimes()
        for row in appointments {
            let clashes = taken.clashes(with: row)
            if clashes.isEmpty {
                taken.take(row)
                kept.append(row)
            } else {
                heldBack.append(HeldBack(row: row, because: clashes))
            }
        }
        self.clients = clients
        self.appointments = kept
        self.heldBack = heldBack
        therapists = SheetNames.therapists(clients, appointments)
    }
}

/// The times that kept rows take. Those of one resource never overlap, so they are in order of start and of end alike.
private struct TakenTimes {
    private struct Key: Hashable {
        let resource: Resource
        let name: String
    }

    private struct Taken {
        let span: Span
        let reference: String
    }

    private var times: [Key: [Taken]] = [:]

    func clashes(with row: AppointmentRow) -> [ImportPlan.Clash] {
        guard row.status.occupies else { return [] }
        return keys(of: row).flatMap { key in
            let taken = times[key] ?? []
            let first = Self.firstIndex(in: taken) { $0.span.endMs > row.span.startMs }
            return taken[first...].prefix { $0.span.startMs < row.span.endMs }
                .map { ImportPlan.Clash(resource: key.resource, reference: $0.reference) }
        }
    }

    mutating func take(_ row: AppointmentRow) {
        guard row.status.occupies else { return }
        for key in keys(of: row) {
            let place = Self.firstIndex(in: times[key] ?? []) { $0.span.startMs >= row.span.endMs }
            times[key, default: []].insert(Taken(span: row.span, reference: row.reference), at: place)
        }
    }

    private func keys(of row: AppointmentRow) -> [Key] {
        Resource.allCases.compactMap { resource in
            resource.key(of: row).map { Key(resource: resource, name: $0) }
        }
    }

    /// Where the condition, false then true, becomes true.
    private static func firstIndex(in taken: [Taken], _ condition: (Taken) -> Bool) -> Int {
        var low = 0
        var high = taken.count
        while low < high {
            let middle = (low + high) / 2
            if condition(taken[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
