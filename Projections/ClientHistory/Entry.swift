import Schema

/// What one event says in one client's story.
struct Entry {
    var client: UInt64
    /// The thing it is about, as an appointment.
    var subject: UInt64?
    var facts = FactList()
    /// Sealed parts by name, all of them this client's.
    var texts: [(name: String, place: SealedAt?)] = []

    init(client: UInt64, subject: UInt64? = nil) {
        self.client = client
        self.subject = subject
    }

    func row(_ recorded: Recorded) -> HistoryRow {
        let header = recorded.header
        var row = HistoryRow()
        row.position = recorded.position
        row.recordedAt = header.recordedAt
        row.effectiveAt = header.effectiveAt
        row.event = recorded.type.name
        if header.actor.hasID { row.actor = header.actor.id }
        if header.role != .unspecified { row.role = header.role }
        if let subject { row.subject = subject }
        row.facts = facts.facts
        for (name, place) in texts {
            guard let place else { continue }
            var text = PrivateFact()
            text.name = name
            text.text = Private(place)
            row.texts.append(text)
        }
        return row
    }
}
