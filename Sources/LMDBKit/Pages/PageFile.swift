import Glibc

/// A `data.mdb`, read page by page with `pread`. Never mapped: damage can be reported, not die of.
///
/// The file of a running daemon changes while it is read, all but the pages of a snapshot that a reader holds.
package final class PageFile {
    let path: String
    package let byteCount: UInt64
    private let descriptor: Int32

    init(path: String) throws(LMDBError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw LMDBError(call: "open \(path)", code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = LMDBError(call: "measure \(path)", code: errno)
            close(descriptor)
            throw error
        }
        byteCount = UInt64(max(0, status.st_size))
    }

    deinit { close(descriptor) }

    /// Whole pages in the file.
    var pageCount: UInt64 { byteCount / UInt64(PageLayout.pageBytes) }

    /// `count` pages from `number` on; nil when the file does not have them or the disk does not give them.
    func pages(_ number: UInt64, count: Int = 1) -> PageBytes? {
        guard number < pageCount, UInt64(count) <= pageCount - number else { return nil }
        var bytes = [UInt8](repeating: 0, count: count * PageLayout.pageBytes)
        var done = 0
        while done < bytes.count {
            let offset = off_t(number) * off_t(PageLayout.pageBytes) + off_t(done)
            let read = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + done, $0.count - done, offset)
            }
            if read < 0 && errno == EINTR { continue }
            guard read > 0 else { return nil }
            done += read
        }
        return PageBytes(bytes: bytes)
    }
}

/// Bytes of a page, with its numbers as LMDB writes them: in the machine's order, which is little-endian here.
package struct PageBytes {
    let bytes: [UInt8]

    func u16(_ offset: Int) -> UInt16 { UInt16(littleEndian: load(offset)) }
    func u32(_ offset: Int) -> UInt32 { UInt32(littleEndian: load(offset)) }
    func u64(_ offset: Int) -> UInt64 { UInt64(littleEndian: load(offset)) }

    private func load<Number: FixedWidthInteger>(_ offset: Int) -> Number {
        precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= bytes.count, "the reader checks its bounds")
        return bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    }
}
