import Timetable

/// The times that kept rows take. Those of one resource never overlap, so they are in order of start and of end alike.
public struct TakenTimes {
    private struct Key: Hashable {
        let resource: Resource
        let name: String
    }

    private struct Taken {
        let span: Span
        let reference: String
    }

    private var times: [Key: [Taken]] = [:]

    public init() {}

    /// What stands in the way of a row: by resource, then by time.
    public func clashes(with row: AppointmentRow) -> [ImportPlan.Clash] {
        guard row.status.occupies else { return [] }
        return keys(of: row).flatMap { key in
            let taken = times[key] ?? []
            let first = Self.firstIndex(in: taken) { $0.span.endMs > row.span.startMs }
            return taken[first...].prefix { $0.span.startMs < row.span.endMs }
                .map { ImportPlan.Clash(resource: key.resource, reference: $0.reference) }
        }
    }

    /// Takes the times of a row that nothing stands in the way of.
    public mutating func take(_ row: AppointmentRow) {
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
