import Schema
import Timetable

/// What a block of weekly hours must look like (INV-AVAIL-01).
enum HoursBlockRule {
    static func check(
        _ block: WireHoursBlock, _ path: String, isOnline: Bool, _ state: borrowing ClinicState
    ) throws {
        guard (1...7).contains(block.weekday) else {
            throw Refusal.field("\(path).weekday", "`\(path).weekday` must be 1 for Monday to 7 for Sunday.")
        }
        guard let from = LocalTime(iso: block.from) else {
            throw Refusal.field("\(path).from", "`\(path).from` must be a time like 09:00.")
        }
        guard let to = LocalTime(endIso: block.to) else {
            throw Refusal.field("\(path).to", "`\(path).to` must be a time like 17:00, or 24:00.")
        }
        guard from < to else {
            throw Refusal.rule(
                "INV-AVAIL-01", "The hours end before they begin",
                "`\(path).to` must be after `\(path).from`, on the same day. Hours past midnight are two blocks."
            )
            .with { $0.field = "\(path).to" }
        }
        try checkOffer(block, path, isOnline: isOnline, state)
    }

    private static func checkOffer(
        _ block: WireHoursBlock, _ path: String, isOnline: Bool, _ state: borrowing ClinicState
    ) throws {
        try Fields.requireCount(block.services.count, "\(path).services", max: 200)
        try Fields.requireDistinct(block.services, "\(path).services")
        for (index, service) in block.services.enumerated() {
            _ = try state.service(service, field: "\(path).services[\(index)]")
        }
        let modalities = try Fields.modalities(block.modalities, "\(path).modalities")
        if isOnline, let index = modalities.firstIndex(of: .inPerson) {
            throw Refusal.field(
                "\(path).modalities[\(index)]", "Hours in person are set for a location, and these are for online.")
        }
    }

    static func clash(_ field: String, _ detail: String) -> Refusal {
        Refusal.rule("INV-AVAIL-02", "Open twice at once", detail).with { $0.field = field }
    }
}
