/// The place of one tile in the static form of the log (C2SP tlog-tiles), relative to `<data>/tiles`.
///
/// `tile/<level>/<index>[.p/<width>]` holds hashes, `tile/entries/<index>[.p/<width>]` the records themselves.
public struct TilePath: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        /// 32-byte hashes of complete subtrees of 256^level leaves. Level 0 is the leaves.
        case hashes(level: Int)
        /// Records, each after its length as two bytes, big-endian.
        case entries
    }

    /// A full tile's number of hashes or records.
    public static let fullWidth = 256

    public let content: Content
    public let index: UInt64
    /// 1 to 256; less than 256 for the tile at the tree's right edge.
    public let width: Int

    init(_ content: Content, index: UInt64, width: Int) {
        precondition((1...Self.fullWidth).contains(width), "a tile has 1 to 256 hashes")
        self.content = content
        self.index = index
        self.width = width
    }

    /// How many events the tree of a tile like this has at least; nil when no tree has as many.
    var sizeMin: UInt64? {
        let (start, isOver) = index.multipliedReportingOverflow(by: UInt64(Self.fullWidth))
        let (end, isOverToo) = start.addingReportingOverflow(UInt64(width))
        guard !isOver, !isOverToo else { return nil }
        guard case .hashes(let level) = content, level > 0 else { return end }
        let shift = UInt64(8 * level)
        return shift < 64 && end <= UInt64.max >> shift ? end << shift : nil
    }

    public var isPartial: Bool { width < Self.fullWidth }

    /// The path, as in a URL.
    public var path: String { isPartial ? "\(partialsFolder)/\(width)" : fullPath }

    /// Where the full tile is or will be.
    var fullPath: String {
        switch content {
        case .hashes(let level): "tile/\(level)/\(Self.groups(index))"
        case .entries: "tile/entries/\(Self.groups(index))"
        }
    }

    /// The folder of all partial forms of this tile.
    var partialsFolder: String { fullPath + ".p" }

    /// Reads a path. Every tile has one spelling; anything else is nil.
    public init?(parsing path: String) {
        // The longest is tile/entries/, six groups and .p/255.
        guard path.utf8.count <= 64, path.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "tile" else { return nil }
        let content: Content
        if parts[1] == "entries" {
            content = .entries
        } else {
            guard let level = Self.number(parts[1], in: 0...63) else { return nil }
            content = .hashes(level: Int(level))
        }
        parts.removeFirst(2)
        var width = Self.fullWidth
        if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
            guard let partial = Self.number(parts.removeLast(), in: 1...255) else { return nil }
            width = Int(partial)
            parts.append(parts.removeLast().dropLast(2))
        }
        guard let index = Self.index(parts) else { return nil }
        self.init(content, index: index, width: width)
    }

    /// 1234067 as `x001/x234/067`.
    private static func groups(_ index: UInt64) -> String {
        var rest = index
        var text = pad(rest % 1000)
        while rest >= 1000 {
            rest /= 1000
            text = "x\(pad(rest % 1000))/\(text)"
        }
        return text
    }

    private static func pad(_ group: UInt64) -> String {
        String(repeating: "0", count: group < 10 ? 2 : group < 100 ? 1 : 0) + String(group)
    }

    private static func index(_ groups: [Substring]) -> UInt64? {
        // Six groups are 10¹⁸ tiles, more than all of 2⁶³ leaves fill.
        guard !groups.isEmpty, groups.count <= 6 else { return nil }
        var index: UInt64 = 0
        for (place, group) in groups.enumerated() {
            let isLast = place == groups.count - 1
            guard isLast || group.first == "x" else { return nil }
            let digits = isLast ? group : group.dropFirst()
            guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let value = UInt64(digits)
            else { return nil }
            index = index * 1000 + value
        }
        return self.groups(index) == groups.joined(separator: "/") ? index : nil
    }

    private static func number(_ text: Substring, in range: ClosedRange<UInt64>) -> UInt64? {
        guard let value = UInt64(text), String(value) == text, range.contains(value) else { return nil }
        return value
    }
}
