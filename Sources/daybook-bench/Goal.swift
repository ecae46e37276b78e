/// What was meant to be reached, and what was.
struct Goal {
    enum Bound {
        case atLeast(Double)
        case atMost(Double)
    }

    let name: String
    let bound: Bound
    let unit: String
    /// Nil when what it needs was not measured.
    let measured: Double?

    var isReached: Bool? {
        measured.map { measured in
            switch bound {
            case .atLeast(let wanted): measured >= wanted
            case .atMost(let wanted): measured <= wanted
            }
        }
    }
}
