import Foundation

/// What a person declares about the sheets; everything left out is guessed.
///
/// ```json
/// {"clients": {"reference": "Chart number", "dateOfBirth": null}, "appointments": {"start": "Time"},
///  "dateFormat": "DD/MM/YYYY", "clock": "24-hour", "statuses": {"Kept": "attended"}}
/// ```
/// `null` says that the sheet has no such column. Unknown names are refused.
public struct MappingFile: Sendable, Hashable {
    public var clients: [String: String?]
    public var appointments: [String: String?]
    public var dateFormat: String?
    /// `12-hour` or `24-hour`, for times that say neither AM nor PM.
    public var clock: String?
    /// The sheet's word to the name or any usual word of an `AppointmentStatus`.
    public var statuses: [String: String]
    /// The sheet's word to `paid`, `unpaid` or `waived`, or any usual word of these.
    public var payments: [String: String]

    public init(
        clients: [String: String?] = [:], appointments: [String: String?] = [:], dateFormat: String? = nil,
        clock: String? = nil, statuses: [String: String] = [:], payments: [String: String] = [:]
    ) {
        self.clients = clients
        self.appointments = appointments
        self.dateFormat = dateFormat
        self.clock = clock
        self.statuses = statuses
        self.payments = payments
    }

    /// Reads the file's JSON, 1 MiB at most.
    public init(json: [UInt8]) throws(ImportRefusal) {
        guard json.count <= 1 << 20 else { throw .unreadableMapping(reason: "it is larger than 1 MiB") }
        do {
            self = try JSONDecoder().decode(MappingFile.self, from: Data(json))
        } catch let error as DecodingError {
            throw .unreadableMapping(reason: Self.reason(error))
        } catch {
            throw .unreadableMapping(reason: "it is not JSON")
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
            "\(path(context.codingPath)) has another type than text"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "\(path(context.codingPath)) is not known; known are clients, appointments, dateFormat, clock, statuses and "
                + "payments"
        default: "it is not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "the whole" : keys.map(\.stringValue.shown).joined(separator: ".")
    }
}

extension MappingFile: Decodable {
    private enum Key: String, CodingKey, CaseIterable {
        case clients, appointments, dateFormat, clock, statuses, payments
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where Key(stringValue: key.stringValue) == nil {
            throw DecodingError.dataCorrupted(.init(codingPath: [key], debugDescription: "unknown"))
        }
        let values = try decoder.container(keyedBy: Key.self)
        clients = try values.decodeIfPresent([String: String?].self, forKey: .clients) ?? [:]
        appointments = try values.decodeIfPresent([String: String?].self, forKey: .appointments) ?? [:]
        dateFormat = try values.decodeIfPresent(String.self, forKey: .dateFormat)
        clock = try values.decodeIfPresent(String.self, forKey: .clock)
        statuses = try values.decodeIfPresent([String: String].self, forKey: .statuses) ?? [:]
        payments = try values.decodeIfPresent([String: String].self, forKey: .payments) ?? [:]
    }
}
