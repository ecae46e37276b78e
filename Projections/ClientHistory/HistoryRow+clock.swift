import Schema
import Timetable

extension HistoryRow {
    /// The row as it is answered: instants as wall clock and zone.
    ///
    /// They are kept as instants and told anew by each answer, since a later edition of the zone database may read them
    /// otherwise, and rows must not depend on it. `endedAt` 1764615000000 becomes `ended` 2025-12-01T13:50 America/New_York.
    func toldAsWallClock(practiceZone: String?) -> HistoryRow {
        let ownZone = facts.first { $0.name == FactList.zoneName }?.value
        let zone = (ownZone ?? practiceZone).flatMap { Zone($0) } ?? Zone("UTC")
        var row = self
        row.facts = facts.compactMap { fact in
            if fact.name == FactList.zoneName { return nil }
            guard let zone, fact.name.hasSuffix("At"), let instantMs = Int64(fact.value),
                let local = zone.local(ofMs: instantMs)
            else { return fact }
            var told = Fact()
            told.name = String(fact.name.dropLast(2))
            told.value = "\(local) \(zone)"
            return told
        }
        return row
    }
}
