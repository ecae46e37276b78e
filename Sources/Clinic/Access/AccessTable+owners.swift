import Schema

extension AccessTable {
    /// The owners, in the order in which they joined.
    public var owners: [UInt64] {
        staff.filter { $0.value.roles[.owner] != nil }.map(\.key).sorted()
    }
}
