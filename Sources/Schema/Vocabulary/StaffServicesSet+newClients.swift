extension StaffServicesSet {
    /// Whoever never said what they offer takes everybody; an event that was recorded names its member of staff.
    public var takesNewClients: Bool { staff == 0 || acceptsNew }
}
