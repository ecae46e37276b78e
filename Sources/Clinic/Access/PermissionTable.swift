import Schema

/// Which role permits what, and in which relation. What is not here is denied.
enum PermissionTable {
    typealias Cells = [Role.Value: Set<Relation>]

    /// The order in which roles are asked; the first that permits is the role used.
    static let roleOrder: [Role.Value] = [
        .owner, .practiceManager, .frontDesk, .therapist, .supervisor, .trainee, .biller, .auditor,
    ]

    private static let everyone: Cells = Dictionary(uniqueKeysWithValues: roleOrder.map { ($0, [.any]) })
    private static let managers: Cells = [.owner: [.any], .practiceManager: [.any]]
    private static let actions: Cells = [
        .owner: [.any], .auditor: [.any], .therapist: [.own], .supervisor: [.own], .trainee: [.own],
    ]

    /// Made once: they are asked for at every row of a list.
    private static let all = Dictionary(uniqueKeysWithValues: Permission.allCases.map { ($0, made($0)) })

    static func cells(_ permission: Permission) -> Cells { all[permission] ?? [:] }

    private static func made(_ permission: Permission) -> Cells {
        switch permission {
        case .initialisePractice, .importSheets: [:].merging(managersOnly(permission)) { $1 }
        case .configurePractice, .manageStaff, .assignRoles, .setStaffServices, .linkSocketUsers: managers
        case .acceptClock: [.owner: [.any]]
        case .issueTokens, .revokeTokens, .completeEnrolment, .viewSelf, .viewAccess: everyone
        case .registerClients: managers.merging([.frontDesk: [.any], .therapist: [.any]]) { $1 }
        case .updateClients, .viewDemographics: demographics(permission)
        case .assignCareTeam:
            [.practiceManager: [.any], .frontDesk: [.any], .therapist: [.careTeam], .supervisor: [.careTeam]]
        case .setAvailability, .requestTimeOff:
            managers.merging([.therapist: [.own], .supervisor: [.own], .trainee: [.own]]) { $1 }
        case .approveTimeOff: managers
        case .viewAvailability:
            managers.merging(
                [
                    .frontDesk: [.any], .therapist: [.own], .supervisor: [.own], .trainee: [.own], .auditor: [.any],
                ]) { $1 }
        default: session(permission)
        }
    }

    private static func managersOnly(_ permission: Permission) -> Cells {
        // Nobody holds a role on an empty log; the writer lets its first command through by user id alone.
        permission == .importSheets ? managers : [:]
    }

    private static func demographics(_ permission: Permission) -> Cells {
        var cells = managers.merging(
            [.frontDesk: [.any], .therapist: [.careTeam], .supervisor: [.careTeam], .trainee: [.careTeam]]) { $1 }
        if permission == .viewDemographics { cells[.biller] = [.any] }
        return cells
    }

    private static func session(_ permission: Permission) -> Cells {
        switch permission {
        case .bookAppointments:
            managers.merging([.frontDesk: [.any], .therapist: [.own], .supervisor: [.own], .trainee: [.own]]) { $1 }
        case .rescheduleAppointments:
            managers.merging([.frontDesk: [.any], .therapist: [.own], .supervisor: [.own], .trainee: [.own]]) { $1 }
        case .cancelAppointments:
            managers.merging(
                [.frontDesk: [.any], .therapist: [.own], .supervisor: [.own, .careTeam], .trainee: [.own]]) { $1 }
        case .confirmAppointments, .checkInClients: [.frontDesk: [.any], .therapist: [.own, .careTeam]]
        case .conductSessions: [.therapist: [.own], .trainee: [.own]]
        case .recordSessions: [.practiceManager: [.any], .therapist: [.own], .trainee: [.own]]
        case .markNoShows: [.practiceManager: [.any], .frontDesk: [.any], .therapist: [.own, .careTeam]]
        case .markEnteredInError: managers.merging([.therapist: [.own]]) { $1 }
        case .recordContacts: [.frontDesk: [.any], .therapist: [.careTeam], .trainee: [.careTeam]]
        default: money(permission)
        }
    }

    /// Charges, invoices and payments (domain.md 5.2 and 7.3); a biller's refunds and write-offs have a limit.
    private static func money(_ permission: Permission) -> Cells {
        let office = managers.merging([.biller: [.any]]) { $1 }
        switch permission {
        case .configureBilling, .changeCharges, .issueInvoices, .issueCreditNotes, .reversePayments, .issueRefunds,
            .writeOff:
            return office
        case .postCharges, .draftInvoices, .recordPayments, .allocatePayments:
            return office.merging([.frontDesk: [.any]]) { $1 }
        case .waiveFees: return managers.merging([.therapist: [.own]]) { $1 }
        case .viewBalances:
            return office.merging([.frontDesk: [.any], .therapist: [.careTeam], .auditor: [.any]]) { $1 }
        case .viewLedger: return office.merging([.auditor: [.any]]) { $1 }
        default: return charting(permission)
        }
    }

    /// Whoever cares for a client writes and reads about them; no other role does.
    private static func charting(_ permission: Permission) -> Cells {
        switch permission {
        case .viewChart, .writeNotes: [.therapist: [.careTeam], .supervisor: [.careTeam], .trainee: [.careTeam]]
        case .cosignNotes: [.supervisor: [.careTeam]]
        // Of which client the note is, its answer alone knows, and asks for the chart.
        case .viewNotes: [.therapist: [.any], .supervisor: [.any], .trainee: [.any]]
        case .viewNoteQueue: managers.merging([.therapist: [.own], .supervisor: [.own], .trainee: [.own]]) { $1 }
        default: reading(permission)
        }
    }

    private static func reading(_ permission: Permission) -> Cells {
        switch permission {
        case .viewCalendar, .viewDirectory: everyone
        case .findSlots: everyone.filter { $0.key != .biller }
        case .viewClients: everyone.filter { $0.key != .auditor }
        case .viewPersonnel:
            managers.merging([.therapist: [.own], .supervisor: [.own], .trainee: [.own], .frontDesk: [.own]]) { $1 }
        case .viewAudit: actions.merging([.practiceManager: [.any]]) { $1 }
        case .viewActions: actions
        case .viewAccessOfAll: managers.merging([.auditor: [.any]]) { $1 }
        case .viewEvents: [.owner: [.any], .auditor: [.any]]
        case .verify: [.owner: [.any], .auditor: [.any]]
        case .administer: managers
        default: [:]
        }
    }
}
