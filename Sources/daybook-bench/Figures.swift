/// What was measured, by name, in the order of its first appearance.
struct Figures {
    struct Figure {
        let group: String
        let name: String
        let unit: String
        var values: [Double] = []

        var median: Double { Self.median(of: values) }
        var least: Double { values.min() ?? 0 }
        var greatest: Double { values.max() ?? 0 }

        /// The median of what each run gave for this over the other: both were measured within the same minute.
        func ratio(to other: Figure) -> Double {
            Self.median(of: zip(values, other.values).map { $0 / $1 })
        }

        private static func median(of values: [Double]) -> Double {
            let sorted = values.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    private(set) var all: [Figure] = []
    private var places: [String: Int] = [:]

    /// Adds one run's value.
    mutating func add(_ group: String, _ name: String, _ value: Double, _ unit: String) {
        let key = group + "\n" + name
        let place = places[key] ?? all.count
        if place == all.count {
            places[key] = place
            all.append(Figure(group: group, name: name, unit: unit))
        }
        all[place].values.append(value)
    }

    /// Adds percentiles of one run, in milliseconds.
    mutating func add(_ group: String, _ timings: Timings, tail: Bool = false) {
        add(group, "p50", timings.ms(permille: 500), "ms")
        add(group, "p99", timings.ms(permille: 990), "ms")
        if tail { add(group, "p99.9", timings.ms(permille: 999), "ms") }
    }

    func find(_ group: String, _ name: String) -> Figure? { places[group + "\n" + name].map { all[$0] } }

    func median(_ group: String, _ name: String) -> Double? { find(group, name)?.median }
}
