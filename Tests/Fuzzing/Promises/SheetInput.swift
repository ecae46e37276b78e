import Interchange
import Timetable

/// Sheets as the fuzzer writes them: clients, appointments, the mapping file and a setting, parted by lines `%%`. What is
/// left out is as in a plain case.
struct SheetInput {
    var source: ImportSource
    /// Empty without a mapping file.
    let mapping: [UInt8]

    private static let zones = ["Europe/Paris", "America/New_York", "Pacific/Apia", "Asia/Kolkata", "UTC"]
        .compactMap(Zone.init)
    private static let today = LocalDate(year: 2026, month: 6, day: 1)
    private static let plainClients = Array("Ref,Name,Born\nC1,Ann Berg,1990-01-02\n".utf8)
    private static let plainAppointments = Array("Ref,Client,Therapist,Date,Start,Minutes,Status\n".utf8)

    init(_ bytes: [UInt8]) {
        let parts = Self.parts(bytes)
        func part(_ index: Int) -> [UInt8]? { index < parts.count ? parts[index] : nil }
        mapping = part(2) ?? []
        // The setting: a digit for the zone, a digit for how many digits the currency has behind its mark.
        let digits = (part(3) ?? []).filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
        guard let zone = Self.zones.dropFirst((digits.first ?? 0) % Self.zones.count).first, let today = Self.today
        else { preconditionFailure("every zone of the list and the day are known") }
        source = ImportSource(
            clients: part(0) ?? Self.plainClients, appointments: part(1) ?? Self.plainAppointments, zone: zone,
            today: today, staffOnFile: ["Dr Kay", "Zélie Ó Néill", "Zelie O'Neill"],
            fractionDigits: (digits.dropFirst().first ?? 2) % 5)
    }

    private static func parts(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var rest = bytes[...]
        let mark = Array("%%\n".utf8)
        while parts.count < 3, let at = rest.firstRange(of: mark) {
            parts.append(Array(rest[..<at.lowerBound]))
            rest = rest[at.upperBound...]
        }
        parts.append(Array(rest))
        return parts
    }
}
