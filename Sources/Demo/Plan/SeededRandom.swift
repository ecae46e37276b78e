/// Random choices that are the same for the same seed, on every machine and with every toolchain (SplitMix64).
struct SeededRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One of the range; the slight favour for low ones does not matter here.
    mutating func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True in so many of a hundred cases.
    mutating func chance(percent: Int) -> Bool { int(0...99) < percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        precondition(!elements.isEmpty, "there is nothing to pick from")
        return elements[int(0...elements.count - 1)]
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for index in stride(from: shuffled.count - 1, to: 0, by: -1) { shuffled.swapAt(index, int(0...index)) }
        return shuffled
    }
}
