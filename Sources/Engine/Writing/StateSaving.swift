import Dispatch

/// When the state's open transaction is committed: when idle, at 2,000 events or after 250 ms.
struct StateSaving {
    private var events = 0
    private var savedAt = DispatchTime.now()

    /// Nothing is to be saved.
    var isIdle: Bool { events == 0 }

    mutating func learned(_ count: Int) { events += count }

    func isDue(isIdle: Bool) -> Bool {
        events > 0 && (isIdle || events >= 2_000 || DispatchTime.now() > savedAt + .milliseconds(250))
    }

    mutating func saved() {
        events = 0
        savedAt = .now()
    }
}
