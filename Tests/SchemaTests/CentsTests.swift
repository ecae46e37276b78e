import Schema
import Testing

/// The vectors of domain.md 4.2.
@Suite struct CentsTests {
    @Test(
        arguments: [
            (15_000, 900, 1_350), (12_345, 825, 1_018), (10, 500, 1), (-10, 500, -1), (333, 2_000, 67), (150, 333, 5),
            (333, 825, 27), (0, 900, 0), (1_000_000_000_000, 10_000, 1_000_000_000_000),
        ] as [(Int64, UInt32, Int64)])
    func `tax is a share, a half going away from zero`(net: Int64, basisPoints: UInt32, tax: Int64) {
        #expect(Cents.share(net, basisPoints: basisPoints) == tax)
    }

    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]),
            (10_001, [50, 30, 20], [5_001, 3_000, 2_000]), (7, [0, 1, 1], [0, 4, 3]),
            (5, [1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 0, 0]), (9, [0, 0], [9, 0]), (0, [3, 4], [0, 0]),
            (1_000_000_000_000, [999_999_999_999, 1], [999_999_999_999, 1]),
        ] as [(Int64, [Int64], [Int64])])
    func `parts sum to the whole, the largest remainders first`(minor: Int64, weights: [Int64], parts: [Int64]) {
        #expect(Cents.split(minor, by: weights) == parts)
    }

    @Test func `the shares of an amount that grows only grow`() {
        for weights in [[333, 27], [1, 0], [0, 5], [7, 3], [12_345, 1_018]] as [[Int64]] {
            var before = [Int64](repeating: 0, count: 2)
            for minor in 0...weights.reduce(0, +) {
                let parts = Cents.split(minor, by: weights)
                #expect(parts[0] >= before[0] && parts[1] >= before[1] && parts.reduce(0, +) == minor)
                before = parts
            }
            #expect(before == weights)
        }
    }
}
