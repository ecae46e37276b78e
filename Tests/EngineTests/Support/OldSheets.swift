import Foundation

/// The two spreadsheets of a small clinic, row by row.
struct OldSheets: Sendable {
    private(set) var clients = "File no,First name,Last name,Date of birth,Email,Phone,Therapist,Remarks\n"
    private(set) var appointments =
        "Ref,Client,Therapist,Service,Date,Start,Minutes,Location,Room,Where,Status,Notes,Fee,Payment\n"

    /// With one client, C1.
    static var one: OldSheets {
        var sheets = OldSheets()
        sheets.client("C1")
        return sheets
    }

    mutating func client(
        _ reference: String, _ first: String = "Ann", _ last: String = "Berg", born: String = "1990-01-02",
        email: String = "", phone: String = "", therapist: String = "Dr Kay", remarks: String = ""
    ) {
        clients += Self.line([reference, first, last, born, email, phone, therapist, remarks])
    }

    mutating func appointment(
        _ reference: String, of client: String = "C1", on date: String = "2026-02-02", at start: String = "09:00",
        minutes: String = "50", with therapist: String = "Dr Kay", service: String = "Talk", location: String = "",
        room: String = "", how modality: String = "", status: String = "attended", notes: String = "",
        fee: String = "", payment: String = ""
    ) {
        appointments += Self.line([
            reference, client, therapist, service, date, start, minutes, location, room, modality, status, notes, fee,
            payment,
        ])
    }

    private static func line(_ cells: [String]) -> String {
        cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
    }

    /// The request of an import job.
    func request(source: String = "sheets", more: [String: String] = [:]) throws -> [UInt8] {
        let body = ["clientsCsv": clients, "appointmentsCsv": appointments, "source": source]
        return [UInt8](try JSONEncoder().encode(body.merging(more) { $1 }))
    }
}

/// What an import job says that it did.
struct ImportFinding: Decodable {
    var applied: Applied
    var books: Books?

    struct Sum: Decodable, Equatable {
        var minor: Int64
        var currency: String
    }

    struct Total: Decodable, Equatable {
        var open: Sum
        var credit: Sum

        /// Open and credit, minor units.
        var minors: [Int64] { [open.minor, credit.minor] }
    }

    struct Books: Decodable {
        var before: Total
        var after: Total?
    }

    struct Brought: Decodable {
        var fees: Sum
        var paid: Sum
        var open: Sum
        var credit: Sum

        var minors: [Int64] { [fees, paid, open, credit].map(\.minor) }
    }

    struct Applied: Decodable {
        var id: UInt64
        var clients: Int
        var appointments: Int
        var known: Int
        var balances: Int
        var knownBalances: Int
        var money: Brought
        var moneyLeft: [Left]
        var staffAdded: [String]
        var locationsAdded: [String]
        var roomsAdded: [String]
        var servicesAdded: [String]
        var left: [Left]
        var notes: [Note]

        /// Of rows that are left: reference and reason.
        var reasons: [String: String] {
            Dictionary(left.map { ($0.reference, $0.because) }) { first, _ in first }
        }
    }

    struct Left: Decodable {
        var sheet: String
        var reference: String
        var because: String
        var references: [String]
    }

    struct Note: Decodable {
        var sheet: String
        var reference: String
        var note: String
    }
}

/// What an undoing says that it did.
struct TakenBack: Decodable, Equatable {
    var appointments: Int
    var clients: Int
    var balances = 0
    var keptBalances: [String] = []
    var keptAppointments: [String] = []
    var keptClients: [String] = []
}
