import Glibc

/// What is read of an answer's head.
struct AnswerHead {
    let status: Int
    /// The head's own bytes, the empty line among them.
    let count: Int
    let bodyCount: Int

    private static let statusPlace = "HTTP/1.1 ".utf8.count
    private static let lengthName = "content-length:"

    /// Nil while the head is incomplete.
    init?(_ bytes: UnsafeRawBufferPointer) throws {
        guard let count = Self.count(bytes) else { return nil }
        self.count = count
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        guard let status = Self.number(head, at: Self.statusPlace), let bodyCount = Self.length(head) else {
            throw BenchError.badAnswer
        }
        self.status = status
        self.bodyCount = bodyCount
    }

    /// The bytes up to the empty line and with it.
    private static func count(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        var place = 0
        while place + 4 <= bytes.count, let found = memchr(base + place, 13, bytes.count - place - 3) {
            place = UnsafeRawPointer(found) - base
            if memcmp(base + place, "\r\n\r\n", 4) == 0 { return place + 4 }
            place += 1
        }
        return nil
    }

    private static func length(_ head: UnsafeRawBufferPointer) -> Int? {
        guard let base = head.baseAddress else { return nil }
        var place = 0
        while place < head.count, let end = memchr(base + place, 10, head.count - place) {
            let line = (base + place).assumingMemoryBound(to: CChar.self)
            // The head ends with an empty line, so that nothing is compared beyond it.
            if strncasecmp(line, lengthName, lengthName.utf8.count) == 0 {
                return number(head, at: place + lengthName.utf8.count)
            }
            place = UnsafeRawPointer(end) - base + 1
        }
        return nil
    }

    /// The number that follows, after spaces.
    private static func number(_ head: UnsafeRawBufferPointer, at place: Int) -> Int? {
        var place = place
        while place < head.count, head[place] == 32 { place += 1 }
        var value: Int?
        while place < head.count, (48...57).contains(head[place]), value ?? 0 < 1 << 40 {
            value = (value ?? 0) * 10 + Int(head[place] - 48)
            place += 1
        }
        return value
    }
}
