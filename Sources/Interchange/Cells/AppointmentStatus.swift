/// What became of an appointment.
public enum AppointmentStatus: String, Sendable, Hashable, Codable, CaseIterable {
    case booked
    case attended
    case cancelled
    case lateCancelled = "late_cancelled"
    case noShow = "no_show"

    /// True while the time is taken: someone who stayed away had it too; what was cancelled gave it back.
    public var occupies: Bool {
        switch self {
        case .booked, .attended, .noShow: true
        case .cancelled, .lateCancelled: false
        }
    }
}

/// A sheet's words for what became of an appointment.
struct StatusWords: Sendable {
    private var words: [String: AppointmentStatus] = Self.usual
    private var declared: [String: AppointmentStatus] = [:]

    /// `declared` goes before the usual words.
    init(declared: [String: String] = [:]) throws(ImportRefusal) {
        for (word, name) in declared {
            guard let status = AppointmentStatus(rawValue: name) ?? Self.usual[name.wordKey] else {
                throw .unknownStatusName(name: name, known: AppointmentStatus.allCases.map(\.rawValue))
            }
            self.declared[word.nameKey] = status
        }
    }

    func status(_ text: String) throws(BadReason) -> AppointmentStatus {
        guard let status = declared[text.nameKey] ?? words[text.wordKey] else { throw .unknownStatus }
        return status
    }

    private static let usual: [String: AppointmentStatus] = {
        let words: [AppointmentStatus: [String]] = [
            .booked: [
                "booked", "scheduled", "confirmed", "planned", "upcoming", "pending", "unconfirmed", "active",
            ],
            .attended: [
                "attended", "show", "showed", "showedup", "completed", "complete", "done", "kept", "seen", "arrived",
                "present", "fulfilled", "held", "tookplace",
            ],
            .cancelled: [
                "cancelled", "canceled", "cancel", "cancellation", "clientcancelled", "clientcanceled",
                "cancelledbyclient", "canceledbyclient", "cliniccancelled", "cliniccanceled", "cx",
            ],
            .lateCancelled: [
                "latecancel", "latecancelled", "latecanceled", "latecancellation", "cancelledlate", "canceledlate",
                "shortnotice", "shortnoticecancellation", "latecx",
            ],
            .noShow: [
                "noshow", "noshowed", "missed", "dna", "didnotattend", "didnotshow", "absent", "fta", "failedtoattend",
                "notattended", "nonattendance",
            ],
        ]
        return Dictionary(words.flatMap { status, words in words.map { ($0, status) } }) { first, _ in first }
    }()
}
