import NIOCore

/// The clock of one connection: which request is on its way, which answers are owed, and what has waited too long.
///
/// Time is told to it, so that it can be tried without waiting.
struct RequestTimer {
    enum Verdict: Equatable {
        case fine
        /// Nothing useful can be said any more.
        case close
        /// A request took too long to arrive, and can still be told so.
        case refuse
    }

    let limits: EdgeLimits
    /// Of the request that is arriving.
    private(set) var receivingSince: NIODeadline?
    private(set) var isHeadSeen = false
    private var allowance: TimeAmount
    private var headBytes = 0
    /// Requests whose answers are not complete.
    private(set) var owed = 0
    private var idleSince: NIODeadline
    private var unwritten = 0
    private var writtenAt: NIODeadline

    init(limits: EdgeLimits, now: NIODeadline) {
        self.limits = limits
        allowance = limits.request
        idleSince = now
        writtenAt = now
    }

    /// Bytes have come; the first of them begins a request.
    mutating func received(bytes: Int, now: NIODeadline) {
        if receivingSince == nil { begin(now) }
        if !isHeadSeen { headBytes += bytes }
    }

    /// Asked after the bytes were parsed: whether the head has not ended where it must have.
    var isHeadTooLong: Bool { receivingSince != nil && !isHeadSeen && headBytes > limits.headBytesMax + 4_096 }

    mutating func headEnded(isUpload: Bool, now: NIODeadline) {
        // Of several requests in one packet, the second begins where the first ended.
        if receivingSince == nil { begin(now) }
        isHeadSeen = true
        owed += 1
        if isUpload { allowance = limits.upload }
    }

    mutating func requestEnded(now: NIODeadline) {
        receivingSince = nil
        isHeadSeen = false
        if owed == 0 { idleSince = now }
    }

    mutating func answerEnded(now: NIODeadline) {
        owed = max(0, owed - 1)
        if owed == 0 { idleSince = now }
    }

    mutating func writeBegan(now: NIODeadline) {
        if unwritten == 0 { writtenAt = now }
        unwritten += 1
    }

    mutating func writeEnded(now: NIODeadline) {
        unwritten = max(0, unwritten - 1)
        writtenAt = now
    }

    /// Whether the next answer on the wire would be that of the request that is arriving.
    var isNextAnswerOfArriving: Bool { owed == (isHeadSeen ? 1 : 0) }

    func verdict(now: NIODeadline) -> Verdict {
        if unwritten > 0, now - writtenAt >= limits.stall { return .close }
        if let receivingSince {
            guard now - receivingSince >= allowance else { return .fine }
            return isNextAnswerOfArriving ? .refuse : .close
        }
        return owed == 0 && now - idleSince >= limits.idle ? .close : .fine
    }

    private mutating func begin(_ now: NIODeadline) {
        receivingSince = now
        isHeadSeen = false
        headBytes = 0
        allowance = limits.request
    }
}
