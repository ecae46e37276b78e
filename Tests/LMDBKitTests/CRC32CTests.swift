import LMDBKit
import Testing

struct CRC32CTests {
    private func crc(_ pieces: [UInt8]...) -> UInt32 {
        var crc = CRC32C()
        for piece in pieces { piece.withUnsafeBytes { crc.update($0) } }
        return crc.value
    }

    @Test func `known answers hold`() {
        #expect(crc(Array("123456789".utf8)) == 0xE306_9283)
        #expect(crc([]) == 0)
        // RFC 3720 appendix B.4.
        #expect(crc([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(crc([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(crc(Array(0..<32)) == 0x46DD_794E)
        #expect(crc(Array((0..<32).reversed())) == 0x113F_DB5C)
    }

    @Test func `pieces of any length give what the whole gives`() {
        let whole = (0..<100).map { UInt8($0 * 7 % 251) }
        for split in 0...100 { #expect(crc(Array(whole[..<split]), Array(whole[split...])) == crc(whole)) }
    }
}
