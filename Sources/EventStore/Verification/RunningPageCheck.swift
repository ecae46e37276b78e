import LMDBKit

/// Walks every page of the running log's file without liblmdb, which dies of damage: half a millisecond at a time, so that a
/// job can rest between, stop, and never keeps pages from being used again for longer than a read does.
///
/// Each step begins where the one before has ended, on the pages of a newer commit. The log is only ever appended to: what
/// lies before the end of a step is the same in every later commit, and what is after it is still to come.
struct RunningPageCheck {
    private enum Stage {
        /// Meta pages, main tree, description, free list: a few pages.
        case frame
        case events(from: UInt64)
        case nodes(from: UInt64)
        case over
    }

    private let log: EventLog
    private let stepTime: Duration
    private var stage = Stage.frame
    private var known: Set<String> = []
    private(set) var faults: [LogFault] = []
    private let total: UInt64
    private var done: UInt64 = 0

    /// - Parameter stepTime: after which a step ends; it takes 16 entries at the least.
    init(_ log: EventLog, stepTime: Duration = .microseconds(500)) {
        self.log = log
        self.stepTime = stepTime
        let size = log.size
        total = max(1, size + StoredHash.count(size: size))
    }

    /// How far it has come.
    var permille: Int { Int(min(done, total) * 1_000 / total) }

    /// Takes one step. Call it until it answers false.
    mutating func advance() throws(LogError) -> Bool {
        var next = self
        try log.pages { walk, commit in next.take(walk, commit) }
        self = next
        if case .over = stage { return false }
        return true
    }

    private mutating func take(_ walk: PageWalk, _ commit: UInt64) {
        for fault in walk.metaFaults { add(.page(fault)) }
        if walk.meta?.transaction != commit {
            add(.page(PageFault(page: commit & 1, "not the meta page of transaction \(commit)")))
        }
        let tables = PageTables(walk)
        for fault in tables.faults { add(fault) }
        switch stage {
        case .frame:
            checkFrame(walk, tables)
            stage = .events(from: 0)
        case .events(let start):
            let keys = PageCursor.Keys.gapless { $0 }
            let next = go(through: tables["events"], "events", keys, from: start, walk)
            done = next ?? log.size
            stage = next.map { .events(from: $0) } ?? .nodes(from: 0)
        case .nodes(let start):
            let keys = PageCursor.Keys.gapless(positions: StoredHash.positions)
            let next = go(through: tables["nodes"], "nodes", keys, from: start, walk)
            done = next.map { log.size + $0 } ?? total
            stage = next.map { .nodes(from: $0) } ?? .over
        case .over: break
        }
    }

    private mutating func checkFrame(_ walk: PageWalk, _ tables: PageTables) {
        if let meta = tables["meta"] {
            let cursor = PageCursor(walk, meta.record, table: "meta", keys: .text, parent: meta.page)
            while let step = cursor.next() { if case .fault(let fault) = step { add(.page(fault)) } }
        }
        // What else is in use is not known here: whether a page is missing from the list is for a check of a copy to say.
        for fault in walk.checkFreeList(areTreesWhole: false) { add(.page(fault)) }
    }

    /// Walks on from `start`; where to go on, or nil when the table is through.
    private mutating func go(
        through table: PageTables.Table?, _ name: String, _ keys: PageCursor.Keys, from start: UInt64,
        _ walk: PageWalk
    ) -> UInt64? {
        guard let table else { return nil }
        let cursor = PageCursor(walk, table.record, table: name, keys: keys, parent: table.page, start: start)
        let deadline = ContinuousClock.now + stepTime
        var next = start
        while let step = cursor.next() {
            switch step {
            case .fault(let fault): add(.page(fault))
            case .entry(let entry):
                next = PageCursor.number(entry.key) &+ 1
                if next & 15 == 0, ContinuousClock.now >= deadline { return next }
            }
        }
        if !cursor.hasFault, next != table.record.entries {
            let reason = "the record of the tree counts other entries than there are"
            add(.page(PageFault(page: table.page, table: name, reason)))
        }
        return nil
    }

    /// What lies on the way to later pages is met again at each step.
    private mutating func add(_ fault: LogFault) {
        let key =
            if case .page(let fault) = fault { "\(fault.page) \(fault.reason)" } else { "\(fault)" }
        if known.insert(key).inserted { faults.append(fault) }
    }
}
