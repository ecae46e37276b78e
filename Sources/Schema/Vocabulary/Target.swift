/// The people a command or question is about.
public struct Target: Hashable, Sendable {
    public var client: UInt64?
    public var staff: UInt64?

    public init(client: UInt64? = nil, staff: UInt64? = nil) {
        self.client = client
        self.staff = staff
    }
}
