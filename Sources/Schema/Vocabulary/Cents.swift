/// Exact arithmetic in minor units. Nothing here rounds but `roundHalfAway`, and nothing overflows: amounts are at most
/// 10^12 and rates at most 10,000 basis points.
public enum Cents {
    /// The greatest amount there is, minor units.
    public static let maxMinor: Int64 = 1_000_000_000_000

    /// `numerator / denominator`, a half going away from zero. The denominator is positive.
    public static func roundHalfAway(_ numerator: Int64, _ denominator: Int64) -> Int64 {
        precondition(denominator > 0, "a rate has a denominator")
        let magnitude = (2 * numerator.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
        return numerator < 0 ? -Int64(magnitude) : Int64(magnitude)
    }

    /// A part of an amount, by basis points.
    public static func share(_ minor: Int64, basisPoints: UInt32) -> Int64 {
        roundHalfAway(minor * Int64(basisPoints), 10_000)
    }

    /// An amount in parts that sum to it exactly: by largest remainder, ties to the lowest index, the sign kept
    /// (domain.md 4.2). Weights are not negative; when all are 0 the first part gets everything.
    public static func split(_ minor: Int64, by weights: [Int64]) -> [Int64] {
        let total = weights.reduce(0, +)
        guard total > 0 else { return weights.indices.map { $0 == 0 ? minor : 0 } }
        // 10^12 x 10^12 needs more than 64 bits.
        let products = weights.map { minor.magnitude.multipliedFullWidth(by: $0.magnitude) }
        let quotients = products.map { total.magnitude.dividingFullWidth($0) }
        var parts = quotients.map { Int64($0.quotient) }
        let rest = Int(Int64(minor.magnitude) - parts.reduce(0, +))
        let order = quotients.indices.sorted {
            (quotients[$1].remainder, $0) < (quotients[$0].remainder, $1)
        }
        for index in order.prefix(rest) { parts[index] += 1 }
        return minor < 0 ? parts.map { -$0 } : parts
    }
}
