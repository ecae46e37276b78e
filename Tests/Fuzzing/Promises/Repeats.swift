/// Looks for private text in what is told to somebody.
///
/// That a piece of it stands there is no proof, since "appointment" stands in many a sheet and in many a sentence. So the
/// piece is changed where it is private and nowhere else: if what is told then changes with it, it was repeated.
enum Repeats {
    /// A piece that is long enough to be looked for; a whole name or address is longer, or stands beside others.
    static let pieceBytes = 8

    /// - Parameters:
    ///   - places: Where the input holds private text.
    ///   - told: What was told of the input.
    ///   - tell: What is told of another input; nil for nothing.
    /// - Throws: `BrokenPromise` when a piece is repeated.
    static func none(
        of input: [UInt8], at places: some Sequence<Range<Int>>, in told: String, tell: ([UInt8]) -> String?
    ) throws {
        let pieces = Set(windows(of: Array(told.utf8)[...]).map { $0.piece })
        guard !pieces.isEmpty else { return }
        for place in places {
            for (start, piece) in windows(of: input[place]) where pieces.contains(piece) {
                let here = start..<start + pieceBytes
                let other = input[here].map(changed)
                guard let otherPiece = windows(of: other[...]).first?.piece, !pieces.contains(otherPiece) else {
                    continue
                }
                var changed = input
                changed.replaceSubrange(here, with: other)
                let follows = tell(changed).map { Array($0.utf8).firstRange(of: other) != nil } ?? false
                try promise(!follows, "private text is repeated: \(String(decoding: input[here], as: UTF8.self))")
            }
        }
    }

    /// Every piece of a text, its bytes in one number, with where it begins.
    private static func windows(of text: ArraySlice<UInt8>) -> [(start: Int, piece: UInt64)] {
        guard text.count >= pieceBytes else { return [] }
        var windows: [(Int, UInt64)] = []
        windows.reserveCapacity(text.count)
        var piece: UInt64 = 0
        for index in text.indices {
            piece = piece << 8 | UInt64(text[index])
            if index - text.startIndex >= pieceBytes - 1 { windows.append((index - pieceBytes + 1, piece)) }
        }
        return windows
    }

    /// Another letter for a letter, another digit for a digit; the rest stays, so that the form of the input does.
    private static func changed(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): (byte - UInt8(ascii: "a") + 13) % 26 + UInt8(ascii: "a")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): (byte - UInt8(ascii: "A") + 13) % 26 + UInt8(ascii: "A")
        case UInt8(ascii: "0")...UInt8(ascii: "9"): (byte - UInt8(ascii: "0") + 5) % 10 + UInt8(ascii: "0")
        default: byte
        }
    }
}
