/// Records in a row, each after its length as two bytes, big-endian (C2SP tlog-tiles).
public enum EntryBundle {
    static func append(_ record: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
        precondition(record.count <= UInt16.max, "the log takes no longer record")
        bytes.append(UInt8(record.count >> 8))
        bytes.append(UInt8(record.count & 0xFF))
        bytes.append(contentsOf: record)
    }

    /// The bundle of `records`, each of at most 65,535 bytes.
    public static func encode(_ records: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for record in records { record.withUnsafeBytes { append($0, to: &bytes) } }
        return bytes
    }

    /// The records; nil when the lengths do not come out even.
    public static func decode(_ bytes: [UInt8]) -> [[UInt8]]? {
        var records: [[UInt8]] = []
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 2 else { return nil }
            let count = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
            offset += 2
            guard bytes.count - offset >= count else { return nil }
            records.append(Array(bytes[offset..<(offset + count)]))
            offset += count
        }
        return records
    }
}
