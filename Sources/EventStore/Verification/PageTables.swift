import LMDBKit

/// The log's tables, as the main tree of the file names them.
struct PageTables {
    typealias Table = NamedTrees.Tree

    static let names = ["events", "meta", "nodes"]

    private let named: NamedTrees
    /// What is wrong with the main tree, or missing in it.
    private(set) var faults: [LogFault]

    init(_ walk: PageWalk) {
        named = NamedTrees(walk, known: Self.names)
        faults = named.faults.map { .page($0) }
        for name in Self.names where named.trees[name] == nil {
            faults.append(.description("there is no table \(name)"))
        }
    }

    subscript(name: String) -> Table? { named.trees[name] }
}
