import Schema
import Timetable

/// When a client comes of age.
struct Majority {
    /// Local midnight in the practice's zone, milliseconds UTC.
    var atMs: Int64
    var isMinor: Bool

    /// Whoever was born on 29 February comes of age on 1 March where that year has no such day.
    ///
    /// - Throws: INV-CLI-02 for a birth date in the future.
    init(born: LocalDate, today: LocalDate, zone: Zone, years: UInt32) throws(Refusal) {
        guard born <= today else {
            throw Refusal.rule(
                "INV-CLI-02", "Not born yet", "The date of birth is in the future. Mind the order of day and month."
            )
            .with { $0.field = "dateOfBirth" }
        }
        let year = born.year + Int(min(years, 200))
        let birthday =
            LocalDate(year: year, month: born.month, day: born.day) ?? LocalDate(year: year, month: 3, day: 1)
        isMinor = today < (birthday ?? .max)
        atMs = zone.startOfDayMs(birthday ?? .max)
    }

    /// INV-CLI-06.
    static var consentMissing: Refusal {
        Refusal.rule(
            "INV-CLI-06", "The client is a minor",
            "Say in `minorConsentBasis` on what basis consent is given, as by which parent."
        )
        .with { $0.field = "minorConsentBasis" }
    }
}

extension ClinicState {
    /// When somebody born on a date comes of age, by the practice's policy.
    borrowing func majority(born: String, _ asked: Asked) throws -> Majority {
        try Majority(
            born: try Fields.date(born, "dateOfBirth"), today: try today(asked), zone: try practiceZone(),
            years: try policy().majorityYears)
    }
}
