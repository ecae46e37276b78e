import Schema

extension AccessTable {
    /// The owners, in the order in which they joined.
    public var owners: [UInt64] {
        staff.filter { $0.value.roles.contains(.owner) }.map(\.key).sorted()
    }
}
