import Schema

/// Who may do what, written down once more from the clinic's own table.
enum PlainRoles {
    /// How somebody must stand to whom it is about.
    enum Relation { case any, own, careTeam }

    private static let managers: [Role.Value: [Relation]] = [.owner: [.any], .practiceManager: [.any]]

    private static func andManagers(_ more: [Role.Value: [Relation]]) -> [Role.Value: [Relation]] {
        managers.merging(more) { $1 }
    }

    static let everyone: [Role.Value] = [
        .owner, .practiceManager, .frontDesk, .therapist, .supervisor, .trainee, .biller, .auditor,
    ]

    /// By the command's name; nil for one that is not here.
    static func cells(_ command: String) -> [Role.Value: [Relation]]? {
        switch command {
        case "AddStaff", "AssignRole", "RevokeRole", "SetStaffServices", "LinkSocketUser", "UnlinkSocketUser",
            "AddLocation",
            "AddRoom", "DefineService", "PublishPriceList", "ApproveTimeOff":
            managers
        case "AcceptClock": [.owner: [.any]]
        case "IssueToken", "RevokeToken": Dictionary(uniqueKeysWithValues: everyone.map { ($0, [.any]) })
        case "RegisterClient": andManagers([.frontDesk: [.any], .therapist: [.any]])
        case "UpdateClientDetails":
            andManagers([.frontDesk: [.any], .therapist: [.careTeam], .supervisor: [.careTeam], .trainee: [.careTeam]])
        case "AssignCareTeamMember":
            [.practiceManager: [.any], .frontDesk: [.any], .therapist: [.careTeam], .supervisor: [.careTeam]]
        case "SetWeeklyHours", "AddExtraOpening", "RequestTimeOff":
            andManagers([.therapist: [.own], .supervisor: [.own], .trainee: [.own]])
        case "BookAppointment", "RescheduleAppointment":
            andManagers([.frontDesk: [.any], .therapist: [.own], .supervisor: [.own], .trainee: [.own]])
        case "CancelAppointment":
            andManagers(
                [.frontDesk: [.any], .therapist: [.own], .supervisor: [.own, .careTeam], .trainee: [.own]])
        case "ConfirmAppointment", "CheckInClient": [.frontDesk: [.any], .therapist: [.own, .careTeam]]
        case "StartSession", "EndSession": [.therapist: [.own], .trainee: [.own]]
        case "RecordSession": [.practiceManager: [.any], .therapist: [.own], .trainee: [.own]]
        case "MarkNoShow": [.practiceManager: [.any], .frontDesk: [.any], .therapist: [.own, .careTeam]]
        case "MarkEnteredInError": andManagers([.therapist: [.own]])
        case "RecordNonSessionContact": [.frontDesk: [.any], .therapist: [.careTeam], .trainee: [.careTeam]]
        case "UpdatePracticeProfile", "PublishCancellationPolicy": managers
        default: documentCells(command)
        }
    }

    private static func documentCells(_ command: String) -> [Role.Value: [Relation]]? {
        switch command {
        case "StartNote", "SaveNoteDraft", "DiscardNoteDraft", "SignNote", "AddAddendum", "MarkNoteInError":
            [.therapist: [.careTeam], .supervisor: [.careTeam], .trainee: [.careTeam]]
        case "CosignNote", "ReturnNote": [.supervisor: [.careTeam]]
        case "DefineTaxCode", "DefinePayer", "AdjustCharge", "VoidCharge", "IssueInvoice", "VoidInvoice",
            "IssueCreditNote", "ApplyCredit", "ReversePayment", "IssueRefund", "WriteOffBalance", "ReverseWriteOff":
            andManagers([.biller: [.any]])
        case "PostCharge", "DraftInvoice", "DiscardInvoiceDraft", "RecordPayment", "AllocatePayment",
            "ReverseAllocation":
            andManagers([.biller: [.any], .frontDesk: [.any]])
        case "WaiveFee": andManagers([.therapist: [.own]])
        default: nil
        }
    }
}

extension PlainClinic {
    /// The roles in which somebody may send a command about a client and a member of staff, now.
    func roles(
        of caller: UInt64, permitting command: String, client: UInt64?, staff: UInt64?, nowMs: Int64
    ) -> [Role.Value] {
        let cells = PlainRoles.cells(command) ?? [:]
        let mine = roles(of: caller, atMs: nowMs)
        return PlainRoles.everyone.filter { role in
            guard mine.contains(role) else { return false }
            return (cells[role] ?? []).contains { relation in
                switch relation {
                case .any: true
                case .own: staff == caller
                case .careTeam: client.map { isOnTeam(caller, of: $0, atMs: nowMs) } ?? false
                }
            }
        }
    }

    /// Who shows these credentials, of those whose enrolment is complete.
    func caller(uid: UInt32?, sha256: [UInt8]?, nowMs: Int64) -> UInt64? {
        if let sha256 {
            return tokens.values.first {
                $0.sha256 == sha256 && !$0.isRevoked && !$0.awaitsHolder && nowMs < $0.expiresAtMs
            }?.staff
        }
        return uid.flatMap { link(of: $0) }?.staff
    }
}
