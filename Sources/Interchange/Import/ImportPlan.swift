import Timetable

/// The rows that can be applied, in order of reference. Personal data.
public struct ImportPlan: Sendable {
    public let clients: [ClientRow]
    /// Every row that could be read.
    public let rows: [AppointmentRow]
    /// What is kept of them if nothing else is in the way: free of double bookings among themselves.
    public let appointments: [AppointmentRow]
    /// Left out because an earlier row that is kept takes the same therapist, client or room.
    public let heldBack: [HeldBack]
    /// Everyone whom a readable row names as a therapist, in order of name.
    public let therapists: [SheetNames.Named]

    /// A row that is left, and what stands in its way.
    public struct HeldBack: Sendable, Hashable {
        public let row: AppointmentRow
        /// By resource, then by time.
        public let because: [Clash]
    }

    /// `resource` is taken by the row `reference`.
    public struct Clash: Sendable, Hashable, Encodable {
        public let resource: Resource
        public let reference: String
    }

    /// Both lists must be in order of reference: who comes first is kept.
    init(clients: [ClientRow], appointments: [AppointmentRow]) {
        var kept: [AppointmentRow] = []
        var heldBack: [HeldBack] = []
        var taken = TakenTimes()
        for row in appointments {
            let clashes = taken.clashes(with: row)
            if clashes.isEmpty {
                taken.take(row)
                kept.append(row)
            } else {
                heldBack.append(HeldBack(row: row, because: clashes))
            }
        }
        self.clients = clients
        rows = appointments
        self.appointments = kept
        self.heldBack = heldBack
        therapists = SheetNames.therapists(clients, appointments)
    }
}
