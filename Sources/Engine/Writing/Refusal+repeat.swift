import Clinic
import Schema

extension Refusal {
    /// A command whose key was used before, while the file that would tell whether it is the same command is damaged. The
    /// first one's effect stands; this one has none.
    static func unknownRepeat(_ seen: CommandState, path: String) -> Refusal {
        Refusal(
            .problem("key-damaged"), status: 503, title: "It cannot be told what was asked",
            detail:
                "This idempotency key was used before, and what was asked then is on record from event \(seen.first) on. "
                + "Whether it was this very command cannot be told: \(path) is damaged. Nothing was recorded now. "
                + "Look at event \(seen.first); if it is something else, send this under a new key. "
                + "The file can be restored from the backup of the keys.")
    }
}
