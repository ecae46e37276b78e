import Schema
import Timetable

/// Checks on a client's details, the same at registration and at every change.
struct ClientDetails {
    let policy: PracticePolicy
    let zone: Zone
    let nowMs: Int64

    init(_ practice: PracticeInitialised, nowMs: Int64) throws(Refusal) {
        policy = practice.policy
        zone = try Fields.zone(practice.zone, "zone")
        self.nowMs = nowMs
    }

    /// INV-CLI-02: a date that exists and is not in the future.
    func dateOfBirth(_ text: String) throws(Refusal) -> LocalDate {
        let date = try Fields.date(text, "dateOfBirth")
        guard let today = zone.local(ofMs: nowMs)?.date, date <= today else {
            throw Refusal.rule("INV-CLI-02", "Not born yet", "`dateOfBirth` must not be in the future.")
                .with { $0.field = "dateOfBirth" }
        }
        return date
    }

    /// When somebody comes of age: local midnight, milliseconds UTC. Born on 29 February: on 1 March.
    func majorityAtMs(born: LocalDate) -> Int64? {
        let (year, month, day) = born.components
        let years = Int(policy.majorityYears)
        let date =
            LocalDate(year: year + years, month: month, day: day) ?? LocalDate(year: year + years, month: 3, day: 1)
        return date.map { zone.startOfDayMs($0) }
    }

    /// INV-CLI-06: a minor needs a basis for consent.
    func requireBasis(isMinor: Bool, basis: String?) throws(Refusal) {
        guard !isMinor || basis != nil else {
            throw Refusal.rule(
                "INV-CLI-06", "A minor needs a basis for consent",
                "Say in `minorConsentBasis` who consents, or why the client may consent alone.")
                .with { $0.field = "minorConsentBasis" }
        }
    }

    /// INV-CLI-05: whoever may be on file already must be looked at first.
    static func requireAcknowledged(_ found: [UInt64], _ acknowledged: [UInt64]) throws(Refusal) {
        let open = found.filter { !acknowledged.contains($0) }
        guard open.isEmpty else {
            throw Refusal.rule(
                "INV-CLI-05", "Possibly on file already",
                "Clients with the same name and birth date, email or phone are on file. Look at them; if they are "
                    + "others, name them in `duplicatesAcknowledged`.")
                .with { $0.candidates = open }
        }
    }
}
