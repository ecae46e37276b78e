import EventStore
import Testing

struct TileTests {
    @Test func `the bundle of the eight vectors equals the known answer`() {
        let expected =
            "0000" + "000100" + "000110" + "00022021" + "00023031" + "000440414243" + "00085051525354555657"
            + "0010606162636465666768696a6b6c6d6e6f"
        let bundle = EntryBundle.encode(Vectors.leaves)
        #expect(Hex.encode(bundle) == expected)
        #expect(EntryBundle.decode(bundle) == Vectors.leaves)
        for length in 0..<bundle.count { #expect(EntryBundle.decode(Array(bundle[..<length])) != Vectors.leaves) }
        #expect(EntryBundle.decode([0, 5, 1]) == nil)
    }

    @Test func `every path of a tile reads back as itself`() throws {
        let cases: [(String, TilePath.Content, UInt64, Int)] = [
            ("tile/0/000", .hashes(level: 0), 0, 256), ("tile/0/x001/067", .hashes(level: 0), 1067, 256),
            ("tile/63/x001/x234/067", .hashes(level: 63), 1_234_067, 256),
            ("tile/1/000.p/1", .hashes(level: 1), 0, 1), ("tile/0/x273/999.p/255", .hashes(level: 0), 273_999, 255),
            ("tile/entries/x123/456.p/112", .entries, 123_456, 112),
            ("tile/entries/x001/x000/x000/x000/x000/000", .entries, 1_000_000_000_000_000, 256),
        ]
        for (text, content, index, width) in cases {
            let path = try #require(TilePath(parsing: text), "\(text)")
            #expect(path.content == content && path.index == index && path.width == width)
            #expect(path.path == text)
        }
    }

    @Test(arguments: [
        "", "/", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile//000", "tile/64/000", "tile/-1/000",
        "tile/+1/000", "tile/00/000", "tile/01/000", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/1067",
        "tile/0/x000/067", "tile/0/001/067", "tile/0/x001/x067", "tile/0/x001", "tile/0/x01/067", "tile/0/X001/067",
        "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/1/",
        "tile/0/000.q/1", "tile/0/x001.p/067", "tile/0/x001.p/067.p/3", "tile/0/000/", "tile/0/../000", "tile/0/..",
        "tile/entries/../../checkpoint", "tile/Entries/000", "tile/data/000", "tile/8/0/000", "checkpoint",
        "tile/0/٠٠٠",
        "tile/0/000%00", "tile/0/ 00", "tile/0/+00", "tile/0/-01", "tile/entries/.p/1", "tile/0/00a",
        "tile/0/x001/x000/x000/x000/x000/x000/000", "tile/0/000\u{0}", "tile/0/000.p/1.p/1",
    ])
    func `a malformed path is refused`(_ path: String) { #expect(TilePath(parsing: path) == nil) }

    @Test func `random text and mutated paths never trap and are refused or read back`() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("tile/0x19.p/entries/é%".unicodeScalars)
        for _ in 0..<20_000 {
            var text = Array("tile/0/x001/067.p/12".unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                text[Int.random(in: 0..<text.count, using: &random)] = alphabet.randomElement(using: &random)!
            }
            let path = String(String.UnicodeScalarView(text))
            if let parsed = TilePath(parsing: path) { #expect(parsed.path == path, "seed \(seed)") }
        }
    }
}
