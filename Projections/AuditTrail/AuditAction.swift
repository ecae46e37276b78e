import Schema

/// What was done, in the four words of an audit record (HL7 FHIR AuditEvent.action, with denials told apart).
enum AuditAction: String {
    case create, read, update, deny

    init(_ type: EventType) {
        if type == .recordAccessed {
            self = .read
        } else if type == .accessDenied {
            self = .deny
        } else {
            self = type.founds ? .create : .update
        }
    }
}

extension EventType {
    /// Whether an event founds a thing, whose id is then the event's own position.
    var founds: Bool {
        switch self {
        case .practiceInitialised, .staffAdded, .locationAdded, .roomAdded, .serviceDefined, .priceListPublished,
            .clientRegistered, .extraOpeningAdded, .timeOffRequested, .appointmentBooked, .contactRecorded,
            .socketUserLinked, .tokenIssued, .ownerRecovered, .importApplied, .cancellationPolicyPublished,
            .noteStarted, .noteAddendumSigned, .payerDefined, .chargePosted, .invoiceDrafted, .creditNoteIssued,
            .paymentRecorded, .paymentAllocated, .refundIssued, .writeOffRecorded, .openingBalanceImported:
            true
        case .clockAccepted, .roleAssigned, .roleRevoked, .staffServicesSet, .clientDetailsUpdated,
            .careTeamMemberAssigned, .weeklyHoursSet, .timeOffApproved, .appointmentRescheduled,
            .appointmentCancelled, .appointmentConfirmed, .clientCheckedIn, .sessionStarted, .sessionEnded,
            .sessionRecordedRetrospectively, .appointmentMarkedNoShow, .appointmentMarkedEnteredInError,
            .conflictOverridden, .tokenRevoked, .enrolmentCompleted, .recordAccessed, .accessDenied,
            .socketUserUnlinked, .importUndone, .practiceProfileUpdated, .noteDraftSaved, .noteDraftDiscarded,
            .noteSigned, .noteCosigned, .noteReturned,
            .noteMarkedEnteredInError, .taxCodeDefined, .chargeAdjusted, .chargeVoided, .feeWaived,
            .invoiceDraftDiscarded, .invoiceIssued, .invoiceVoided, .creditApplied, .allocationReversed,
            .paymentReversed, .writeOffReversed, .openingBalanceWithdrawn:
            false
        }
    }
}

extension EventType {
    /// Whether it is part of an access report: who looked, who was turned away, and what changed who may.
    var isAboutAccess: Bool {
        switch self {
        case .roleAssigned, .roleRevoked, .careTeamMemberAssigned: true
        default: area == .access
        }
    }
}
