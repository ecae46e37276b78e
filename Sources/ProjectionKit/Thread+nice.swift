import Foundation
import Glibc

extension Thread {
    /// How far a thread stands back behind those that answer people, whose nice value is 0 (sched(7)).
    public enum Nice: Int32 {
        /// Somebody may wait for it: a third of the share of one that stands back behind nobody.
        case follower = 5
        /// Nobody waits for it to end soon: a tenth.
        case job = 10
    }

    /// Has the calling thread stand back at least so far. Linux counts each thread by itself here (setpriority(2)); where
    /// it is not allowed to, all stays as it is.
    public static func standBack(_ nice: Nice) {
        let thread = __priority_which_t(PRIO_PROCESS.rawValue)
        if getpriority(thread, 0) < nice.rawValue { _ = setpriority(thread, 0, nice.rawValue) }
    }
}
