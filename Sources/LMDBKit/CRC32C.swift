/// CRC-32C (Castagnoli, RFC 3720 appendix B.4) over several pieces of bytes.
///
/// Eight bytes a step by table ("slicing by 8").
public struct CRC32C: Sendable {
    private var register: UInt32 = 0xFFFF_FFFF

    public init() {}

    public var value: UInt32 { ~register }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var crc = register
        var offset = 0
        Self.tables.withUnsafeBufferPointer { table in
            while bytes.count - offset >= 8 {
                let word =
                    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(crc)
                crc = 0
                for lane in 0..<8 {
                    crc ^= table[(7 - lane) * 256 + Int((word >> (8 * UInt64(lane))) & 0xFF)]
                }
                offset += 8
            }
            while offset < bytes.count {
                crc = (crc >> 8) ^ table[Int((crc ^ UInt32(bytes[offset])) & 0xFF)]
                offset += 1
            }
        }
        register = crc
    }

    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for index in 0..<256 {
            var crc = UInt32(index)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
            tables[index] = crc
        }
        for lane in 1..<8 {
            for index in 0..<256 {
                let before = tables[(lane - 1) * 256 + index]
                tables[lane * 256 + index] = (before >> 8) ^ tables[Int(before & 0xFF)]
            }
        }
        return tables
    }()
}
