import TestKit

/// Makes inputs of others by a few cuts, copies, words and changed bytes; the same for one seed.
struct Mutator {
    private var random: SeededGenerator
    private let inputs: [[UInt8]]
    private let words: [[UInt8]]

    init(seed: UInt64, inputs: [[UInt8]], words: [[UInt8]]) {
        random = SeededGenerator(seed: seed)
        self.inputs = inputs
        self.words = words
    }

    mutating func next() -> [UInt8] {
        var bytes = inputs.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 1...24, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes.removeSubrange(at..<end)
        case 1: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 2: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: at)
        case 3:
            // A piece of another input in the place of one of this.
            let other = inputs.randomElement(using: &random) ?? []
            let from = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(at..<end, with: other[from..<min(other.count, from + 24)])
        case 4: bytes.replaceSubrange(at..<min(at + 1, end), with: [UInt8.random(in: 0...255, using: &random)])
        default:
            guard at < bytes.count else { return }
            bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
    }
}
