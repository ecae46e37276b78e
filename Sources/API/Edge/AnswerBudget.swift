import Schema
import Synchronization

/// Bounds what large answers that are not yet taken hold in memory, for each user and all together: whoever asks much and
/// reads nothing is told to read first.
final class AnswerBudget: Sendable {
    private struct Contents {
        var byUser: [UInt32: Int] = [:]
        var total = 0
    }

    /// Smaller ones are bounded by the number of connections.
    static let smallBytesMax = 64 << 10
    private let perUserBytesMax: Int
    private let totalBytesMax: Int
    private let contents = Mutex(Contents())

    init(perUserBytesMax: Int = 32 << 20, totalBytesMax: Int = 256 << 20) {
        self.perUserBytesMax = perUserBytesMax
        self.totalBytesMax = totalBytesMax
    }

    /// A part of the budget, given back when the last who holds it lets go.
    final class Share: Sendable {
        private let budget: AnswerBudget
        private let uid: UInt32
        private let bytes: Int

        fileprivate init(_ budget: AnswerBudget, _ uid: UInt32, _ bytes: Int) {
            self.budget = budget
            self.uid = uid
            self.bytes = bytes
        }

        deinit { budget.giveBack(bytes, of: uid) }
    }

    /// Room for one answer; one is always given to who holds none.
    func share(ofBytes bytes: Int, for uid: UInt32) throws(Refusal) -> Share {
        let isGiven = contents.withLock { contents in
            let held = contents.byUser[uid, default: 0]
            let fits = held + bytes <= perUserBytesMax && contents.total + bytes <= totalBytesMax
            guard held == 0 || fits else { return false }
            contents.byUser[uid] = held + bytes
            contents.total += bytes
            return true
        }
        guard isGiven else {
            throw Refusal(
                .problem("too-many-answers"), status: 429, title: "Too many answers are waiting",
                detail: "Your user holds as many large answers as one may. Read them first, or ask for less at once.")
        }
        return Share(self, uid, bytes)
    }

    private func giveBack(_ bytes: Int, of uid: UInt32) {
        contents.withLock { contents in
            contents.total -= bytes
            let held = contents.byUser[uid, default: 0] - bytes
            contents.byUser[uid] = held == 0 ? nil : held
        }
    }

    var heldBytes: Int { contents.withLock { $0.total } }
}
