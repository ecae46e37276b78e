/// Keys that lie durably in the vault and seal nothing yet, so that a new person costs the writer no second sync.
struct SparePool {
    /// Keys in one durable commit.
    static let batchSize = 256

    private var spares: [KeyID] = []
    /// Handed out since the last refill: may yet come back, with a batch that was dropped.
    private var taken: [KeyID] = []
    /// Handed out before it: no candidates any more after the next.
    private var settled: [KeyID] = []

    /// Which keys are spare is not known before the state is.
    private let isUnknown: Bool

    static let unknown = SparePool(isUnknown: true)

    init() { self.init(isUnknown: false) }

    private init(isUnknown: Bool) { self.isUnknown = isUnknown }

    /// What a start finds: candidates that seal nothing, and those that turned out to be in use.
    init(spares: [KeyID], used: [KeyID]) {
        self.init()
        self.spares = spares
        settled = used
    }

    var count: Int { spares.count }

    /// Fewer than a quarter of a batch remain, as far as is known.
    var isLow: Bool { !isUnknown && spares.count < Self.batchSize / 4 }

    mutating func take() -> KeyID? {
        guard let id = spares.popLast() else { return nil }
        taken.append(id)
        return id
    }

    /// Takes back a key that sealed nothing after all.
    mutating func giveBack(_ id: KeyID) {
        guard let index = taken.lastIndex(of: id) else { return }
        taken.remove(at: index)
        spares.append(id)
    }

    /// What the next refill strikes off the durable list of candidates.
    var noLongerCandidates: [KeyID] { settled }

    /// Called once `fresh` are durable and `struck` are off the list.
    mutating func refilled(with fresh: [KeyID], struck: [KeyID]) {
        spares.insert(contentsOf: fresh, at: 0)
        let gone = Set(struck)
        settled = settled.filter { !gone.contains($0) } + taken
        taken = []
    }
}
