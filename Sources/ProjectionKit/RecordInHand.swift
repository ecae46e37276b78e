import CCrashMark
import Foundation

/// Keeps one record from ending the process at every start.
///
/// Which record a projector has in hand stands in a file at every moment, and whether the projector itself ended the
/// process there (`crash_mark_install`). A record at which it did so twice in a row is refused. Others end a process
/// too, a kill or a power cut above all, and are no fault of the record that was in hand; but a projector that eats all
/// memory is killed as well, so a record that was in hand at five ends in a row is refused whatever the cause.
///
/// It costs two stores to memory a record. One thread at a time uses it.
final class RecordInHand: @unchecked Sendable {
    // Unchecked: `init` and `deinit` apart it belongs to the thread that folds records in.
    static let crashesMax: UInt32 = 2
    static let endsMax: UInt32 = 5

    private let mark: UnsafeMutablePointer<crash_mark>
    private let isMapped: Bool

    /// Opens the file, or makes it; what another version of the projector has met does not count. Where there is no room
    /// for a file the marks are kept in memory, and are lost with it.
    init(path: String, version: UInt64) {
        let mapped = Self.mapped(path)
        isMapped = mapped != nil
        mark = mapped ?? .allocate(capacity: 1)
        if mapped == nil { mark.initialize(to: crash_mark()) }
        if mark.pointee.layout != CRASH_MARK_LAYOUT || mark.pointee.version != version {
            mark.pointee = crash_mark()
            mark.pointee.layout = CRASH_MARK_LAYOUT
            mark.pointee.version = version
        }
        countEnd()
    }

    deinit {
        if isMapped { munmap(mark, Self.bytes) } else { mark.deallocate() }
    }

    /// The record that is not tried again, and why.
    var refused: (position: UInt64, reason: String)? {
        let mark = mark.pointee
        if mark.crashes >= Self.crashesMax { return (mark.ended_position, "the process crashed here twice") }
        guard mark.ends >= Self.endsMax else { return nil }
        return (mark.ended_position, "the process ended here \(Self.endsMax) times")
    }

    /// From now on a crash of the calling thread counts, while something is in hand.
    func watchThread() { crash_mark_watch(mark) }

    static func unwatchThread() { crash_mark_watch(nil) }

    /// A transaction from this position on is begun or committed.
    func takeTransaction(_ position: UInt64) { crash_mark_take(mark, position, UInt32(CRASH_MARK_TRANSACTION)) }

    /// The record at this position is read and folded in.
    func take(_ position: UInt64) { crash_mark_take(mark, position, UInt32(CRASH_MARK_RECORD)) }

    /// Nothing is in hand, and the records before this position are folded in for good.
    func putDown(at position: UInt64) {
        putDown()
        if mark.pointee.ends > 0, position > mark.pointee.ended_position { forget() }
    }

    /// Nothing is in hand.
    func putDown() { crash_mark_take(mark, 0, UInt32(CRASH_MARK_IDLE)) }

    /// Nothing is refused any more: the record could be folded in after all.
    func forget() {
        mark.pointee.ended_position = 0
        mark.pointee.ends = 0
        mark.pointee.crashes = 0
    }

    /// What was in hand when the last process ended. Ends in the midst of a commit that the projector did not cause say
    /// nothing about a record.
    private func countEnd() {
        let last = mark.pointee
        let isCrash = last.signal != 0
        if last.stage == CRASH_MARK_RECORD || last.stage == CRASH_MARK_TRANSACTION && isCrash {
            if last.position != last.ended_position || last.ends == 0 { forget() }
            mark.pointee.ended_position = last.position
            mark.pointee.ends = min(mark.pointee.ends, Self.endsMax) + 1
            if isCrash { mark.pointee.crashes = min(mark.pointee.crashes, Self.crashesMax) + 1 }
        }
        mark.pointee.signal = 0
        putDown()
    }

    private static let bytes = MemoryLayout<crash_mark>.size

    /// Nil where there is no room. Written in full before it is mapped: a store must not find that the disk has none.
    private static func mapped(_ path: String) -> UnsafeMutablePointer<crash_mark>? {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var mark = crash_mark()
        if pread(descriptor, &mark, bytes, 0) != bytes { mark = crash_mark() }
        guard pwrite(descriptor, &mark, bytes, 0) == bytes,
            let start = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), start != MAP_FAILED
        else { return nil }
        return start.bindMemory(to: crash_mark.self, capacity: 1)
    }
}
