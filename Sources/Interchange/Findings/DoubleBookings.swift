import Timetable

/// Every pair of rows that take one therapist, client or room at the same time.
///
/// Attended, booked and missed appointments take their time, cancelled ones do not; intervals are half-open instants,
/// without buffers (domain 1.2, rule 4; INV-SCHED-02).
struct DoubleBookings {
    let pairs: [RowPair]
    let isCut: Bool

    /// `rows` in order of reference; the pairs are positions in it, in order.
    init(_ resource: Resource, in rows: [AppointmentRow], limit: Int) {
        var groups: [String: [Int]] = [:]
        for (index, row) in rows.enumerated() where row.status.occupies {
            if let key = resource.key(of: row) { groups[key, default: []].append(index) }
        }
        var found = PairList(limit: limit)
        // In the order of their first rows, so that a cut list is the same on every run.
        for group in groups.values.sorted(by: { $0[0] < $1[0] }) where !found.isCut {
            Self.sweep(group, rows, &found)
        }
        pairs = found.pairs.sorted()
        isCut = found.isCut
    }

    /// Goes through the rows by start and remembers those that have not ended: n log n, and one step a pair.
    private static func sweep(_ group: [Int], _ rows: [AppointmentRow], _ found: inout PairList) {
        var running: [Int] = []
        for index in group.sorted(by: { (rows[$0].span.startMs, $0) < (rows[$1].span.startMs, $1) }) {
            running.removeAll { rows[$0].span.endMs <= rows[index].span.startMs }
            for other in running {
                guard found.add(other, index) else { return }
            }
            running.append(index)
        }
    }
}
