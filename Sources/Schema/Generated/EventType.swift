// Written by tools/generate from record.proto.

/// The parts of the clinic that events belong to.
public enum EventArea: UInt32, CaseIterable, Sendable {
    case practice = 1
    case staff = 2
    case places = 3
    case clients = 4
    case availability = 5
    case scheduling = 6
    case charting = 7
    case billing = 9
    case access = 11
    case interchange = 13
}

/// The type of an event: its field number in `Record`, area x 1000 + n.
public enum EventType: UInt32, CaseIterable, Sendable {
    case practiceInitialised = 1001
    case clockAccepted = 1002
    case practiceProfileUpdated = 1003
    case cancellationPolicyPublished = 1004
    case staffAdded = 2001
    case roleAssigned = 2002
    case roleRevoked = 2003
    case staffServicesSet = 2004
    case locationAdded = 3001
    case roomAdded = 3002
    case serviceDefined = 3003
    case priceListPublished = 3004
    case clientRegistered = 4001
    case clientDetailsUpdated = 4002
    case careTeamMemberAssigned = 4003
    case weeklyHoursSet = 5001
    case extraOpeningAdded = 5002
    case timeOffRequested = 5003
    case timeOffApproved = 5004
    case appointmentBooked = 6001
    case appointmentRescheduled = 6002
    case appointmentCancelled = 6003
    case appointmentConfirmed = 6004
    case clientCheckedIn = 6005
    case sessionStarted = 6006
    case sessionEnded = 6007
    case sessionRecordedRetrospectively = 6008
    case appointmentMarkedNoShow = 6009
    case appointmentMarkedEnteredInError = 6010
    case conflictOverridden = 6011
    case contactRecorded = 7001
    case noteStarted = 7002
    case noteDraftSaved = 7003
    case noteDraftDiscarded = 7004
    case noteSigned = 7005
    case noteCosigned = 7006
    case noteReturned = 7007
    case noteAddendumSigned = 7008
    case noteMarkedEnteredInError = 7009
    case taxCodeDefined = 9001
    case payerDefined = 9002
    case chargePosted = 9003
    case chargeAdjusted = 9004
    case chargeVoided = 9005
    case feeWaived = 9006
    case invoiceDrafted = 9007
    case invoiceDraftDiscarded = 9008
    case invoiceIssued = 9009
    case invoiceVoided = 9010
    case creditNoteIssued = 9011
    case creditApplied = 9012
    case paymentRecorded = 9013
    case paymentAllocated = 9014
    case allocationReversed = 9015
    case paymentReversed = 9016
    case refundIssued = 9017
    case writeOffRecorded = 9018
    case writeOffReversed = 9019
    case openingBalanceImported = 9020
    case openingBalanceWithdrawn = 9021
    case socketUserLinked = 11001
    case tokenIssued = 11002
    case tokenRevoked = 11003
    case enrolmentCompleted = 11004
    case recordAccessed = 11005
    case accessDenied = 11006
    case ownerRecovered = 11007
    case socketUserUnlinked = 11008
    case importApplied = 13001
    case importUndone = 13002

    public var area: EventArea {
        switch rawValue / 1000 {
        case 1: .practice
        case 2: .staff
        case 3: .places
        case 4: .clients
        case 5: .availability
        case 6: .scheduling
        case 7: .charting
        case 9: .billing
        case 11: .access
        default: .interchange
        }
    }

    /// The event's name, as the schema spells it.
    public var name: String {
        switch self {
        case .practiceInitialised: "PracticeInitialised"
        case .clockAccepted: "ClockAccepted"
        case .practiceProfileUpdated: "PracticeProfileUpdated"
        case .cancellationPolicyPublished: "CancellationPolicyPublished"
        case .staffAdded: "StaffAdded"
        case .roleAssigned: "RoleAssigned"
        case .roleRevoked: "RoleRevoked"
        case .staffServicesSet: "StaffServicesSet"
        case .locationAdded: "LocationAdded"
        case .roomAdded: "RoomAdded"
        case .serviceDefined: "ServiceDefined"
        case .priceListPublished: "PriceListPublished"
        case .clientRegistered: "ClientRegistered"
        case .clientDetailsUpdated: "ClientDetailsUpdated"
        case .careTeamMemberAssigned: "CareTeamMemberAssigned"
        case .weeklyHoursSet: "WeeklyHoursSet"
        case .extraOpeningAdded: "ExtraOpeningAdded"
        case .timeOffRequested: "TimeOffRequested"
        case .timeOffApproved: "TimeOffApproved"
        case .appointmentBooked: "AppointmentBooked"
        case .appointmentRescheduled: "AppointmentRescheduled"
        case .appointmentCancelled: "AppointmentCancelled"
        case .appointmentConfirmed: "AppointmentConfirmed"
        case .clientCheckedIn: "ClientCheckedIn"
        case .sessionStarted: "SessionStarted"
        case .sessionEnded: "SessionEnded"
        case .sessionRecordedRetrospectively: "SessionRecordedRetrospectively"
        case .appointmentMarkedNoShow: "AppointmentMarkedNoShow"
        case .appointmentMarkedEnteredInError: "AppointmentMarkedEnteredInError"
        case .conflictOverridden: "ConflictOverridden"
        case .contactRecorded: "ContactRecorded"
        case .noteStarted: "NoteStarted"
        case .noteDraftSaved: "NoteDraftSaved"
        case .noteDraftDiscarded: "NoteDraftDiscarded"
        case .noteSigned: "NoteSigned"
        case .noteCosigned: "NoteCosigned"
        case .noteReturned: "NoteReturned"
        case .noteAddendumSigned: "NoteAddendumSigned"
        case .noteMarkedEnteredInError: "NoteMarkedEnteredInError"
        case .taxCodeDefined: "TaxCodeDefined"
        case .payerDefined: "PayerDefined"
        case .chargePosted: "ChargePosted"
        case .chargeAdjusted: "ChargeAdjusted"
        case .chargeVoided: "ChargeVoided"
        case .feeWaived: "FeeWaived"
        case .invoiceDrafted: "InvoiceDrafted"
        case .invoiceDraftDiscarded: "InvoiceDraftDiscarded"
        case .invoiceIssued: "InvoiceIssued"
        case .invoiceVoided: "InvoiceVoided"
        case .creditNoteIssued: "CreditNoteIssued"
        case .creditApplied: "CreditApplied"
        case .paymentRecorded: "PaymentRecorded"
        case .paymentAllocated: "PaymentAllocated"
        case .allocationReversed: "AllocationReversed"
        case .paymentReversed: "PaymentReversed"
        case .refundIssued: "RefundIssued"
        case .writeOffRecorded: "WriteOffRecorded"
        case .writeOffReversed: "WriteOffReversed"
        case .openingBalanceImported: "OpeningBalanceImported"
        case .openingBalanceWithdrawn: "OpeningBalanceWithdrawn"
        case .socketUserLinked: "SocketUserLinked"
        case .tokenIssued: "TokenIssued"
        case .tokenRevoked: "TokenRevoked"
        case .enrolmentCompleted: "EnrolmentCompleted"
        case .recordAccessed: "RecordAccessed"
        case .accessDenied: "AccessDenied"
        case .ownerRecovered: "OwnerRecovered"
        case .socketUserUnlinked: "SocketUserUnlinked"
        case .importApplied: "ImportApplied"
        case .importUndone: "ImportUndone"
        }
    }

    /// The event's message.
    public var message: any Event.Type {
        switch self {
        case .practiceInitialised: PracticeInitialised.self
        case .clockAccepted: ClockAccepted.self
        case .practiceProfileUpdated: PracticeProfileUpdated.self
        case .cancellationPolicyPublished: CancellationPolicyPublished.self
        case .staffAdded: StaffAdded.self
        case .roleAssigned: RoleAssigned.self
        case .roleRevoked: RoleRevoked.self
        case .staffServicesSet: StaffServicesSet.self
        case .locationAdded: LocationAdded.self
        case .roomAdded: RoomAdded.self
        case .serviceDefined: ServiceDefined.self
        case .priceListPublished: PriceListPublished.self
        case .clientRegistered: ClientRegistered.self
        case .clientDetailsUpdated: ClientDetailsUpdated.self
        case .careTeamMemberAssigned: CareTeamMemberAssigned.self
        case .weeklyHoursSet: WeeklyHoursSet.self
        case .extraOpeningAdded: ExtraOpeningAdded.self
        case .timeOffRequested: TimeOffRequested.self
        case .timeOffApproved: TimeOffApproved.self
        case .appointmentBooked: AppointmentBooked.self
        case .appointmentRescheduled: AppointmentRescheduled.self
        case .appointmentCancelled: AppointmentCancelled.self
        case .appointmentConfirmed: AppointmentConfirmed.self
        case .clientCheckedIn: ClientCheckedIn.self
        case .sessionStarted: SessionStarted.self
        case .sessionEnded: SessionEnded.self
        case .sessionRecordedRetrospectively: SessionRecordedRetrospectively.self
        case .appointmentMarkedNoShow: AppointmentMarkedNoShow.self
        case .appointmentMarkedEnteredInError: AppointmentMarkedEnteredInError.self
        case .conflictOverridden: ConflictOverridden.self
        case .contactRecorded: ContactRecorded.self
        case .noteStarted: NoteStarted.self
        case .noteDraftSaved: NoteDraftSaved.self
        case .noteDraftDiscarded: NoteDraftDiscarded.self
        case .noteSigned: NoteSigned.self
        case .noteCosigned: NoteCosigned.self
        case .noteReturned: NoteReturned.self
        case .noteAddendumSigned: NoteAddendumSigned.self
        case .noteMarkedEnteredInError: NoteMarkedEnteredInError.self
        case .taxCodeDefined: TaxCodeDefined.self
        case .payerDefined: PayerDefined.self
        case .chargePosted: ChargePosted.self
        case .chargeAdjusted: ChargeAdjusted.self
        case .chargeVoided: ChargeVoided.self
        case .feeWaived: FeeWaived.self
        case .invoiceDrafted: InvoiceDrafted.self
        case .invoiceDraftDiscarded: InvoiceDraftDiscarded.self
        case .invoiceIssued: InvoiceIssued.self
        case .invoiceVoided: InvoiceVoided.self
        case .creditNoteIssued: CreditNoteIssued.self
        case .creditApplied: CreditApplied.self
        case .paymentRecorded: PaymentRecorded.self
        case .paymentAllocated: PaymentAllocated.self
        case .allocationReversed: AllocationReversed.self
        case .paymentReversed: PaymentReversed.self
        case .refundIssued: RefundIssued.self
        case .writeOffRecorded: WriteOffRecorded.self
        case .writeOffReversed: WriteOffReversed.self
        case .openingBalanceImported: OpeningBalanceImported.self
        case .openingBalanceWithdrawn: OpeningBalanceWithdrawn.self
        case .socketUserLinked: SocketUserLinked.self
        case .tokenIssued: TokenIssued.self
        case .tokenRevoked: TokenRevoked.self
        case .enrolmentCompleted: EnrolmentCompleted.self
        case .recordAccessed: RecordAccessed.self
        case .accessDenied: AccessDenied.self
        case .ownerRecovered: OwnerRecovered.self
        case .socketUserUnlinked: SocketUserUnlinked.self
        case .importApplied: ImportApplied.self
        case .importUndone: ImportUndone.self
        }
    }
}

extension PracticeInitialised: Event {
    public static let type = EventType.practiceInitialised
}

extension ClockAccepted: Event {
    public static let type = EventType.clockAccepted
}

extension PracticeProfileUpdated: Event {
    public static let type = EventType.practiceProfileUpdated
}

extension CancellationPolicyPublished: Event {
    public static let type = EventType.cancellationPolicyPublished
}

extension StaffAdded: Event {
    public static let type = EventType.staffAdded
}

extension RoleAssigned: Event {
    public static let type = EventType.roleAssigned
}

extension RoleRevoked: Event {
    public static let type = EventType.roleRevoked
}

extension StaffServicesSet: Event {
    public static let type = EventType.staffServicesSet
}

extension LocationAdded: Event {
    public static let type = EventType.locationAdded
}

extension RoomAdded: Event {
    public static let type = EventType.roomAdded
}

extension ServiceDefined: Event {
    public static let type = EventType.serviceDefined
}

extension PriceListPublished: Event {
    public static let type = EventType.priceListPublished
}

extension ClientRegistered: Event {
    public static let type = EventType.clientRegistered
}

extension ClientDetailsUpdated: Event {
    public static let type = EventType.clientDetailsUpdated
}

extension CareTeamMemberAssigned: Event {
    public static let type = EventType.careTeamMemberAssigned
}

extension WeeklyHoursSet: Event {
    public static let type = EventType.weeklyHoursSet
}

extension ExtraOpeningAdded: Event {
    public static let type = EventType.extraOpeningAdded
}

extension TimeOffRequested: Event {
    public static let type = EventType.timeOffRequested
}

extension TimeOffApproved: Event {
    public static let type = EventType.timeOffApproved
}

extension AppointmentBooked: Event {
    public static let type = EventType.appointmentBooked
}

extension AppointmentRescheduled: Event {
    public static let type = EventType.appointmentRescheduled
}

extension AppointmentCancelled: Event {
    public static let type = EventType.appointmentCancelled
}

extension AppointmentConfirmed: Event {
    public static let type = EventType.appointmentConfirmed
}

extension ClientCheckedIn: Event {
    public static let type = EventType.clientCheckedIn
}

extension SessionStarted: Event {
    public static let type = EventType.sessionStarted
}

extension SessionEnded: Event {
    public static let type = EventType.sessionEnded
}

extension SessionRecordedRetrospectively: Event {
    public static let type = EventType.sessionRecordedRetrospectively
}

extension AppointmentMarkedNoShow: Event {
    public static let type = EventType.appointmentMarkedNoShow
}

extension AppointmentMarkedEnteredInError: Event {
    public static let type = EventType.appointmentMarkedEnteredInError
}

extension ConflictOverridden: Event {
    public static let type = EventType.conflictOverridden
}

extension ContactRecorded: Event {
    public static let type = EventType.contactRecorded
}

extension NoteStarted: Event {
    public static let type = EventType.noteStarted
}

extension NoteDraftSaved: Event {
    public static let type = EventType.noteDraftSaved
}

extension NoteDraftDiscarded: Event {
    public static let type = EventType.noteDraftDiscarded
}

extension NoteSigned: Event {
    public static let type = EventType.noteSigned
}

extension NoteCosigned: Event {
    public static let type = EventType.noteCosigned
}

extension NoteReturned: Event {
    public static let type = EventType.noteReturned
}

extension NoteAddendumSigned: Event {
    public static let type = EventType.noteAddendumSigned
}

extension NoteMarkedEnteredInError: Event {
    public static let type = EventType.noteMarkedEnteredInError
}

extension TaxCodeDefined: Event {
    public static let type = EventType.taxCodeDefined
}

extension PayerDefined: Event {
    public static let type = EventType.payerDefined
}

extension ChargePosted: Event {
    public static let type = EventType.chargePosted
}

extension ChargeAdjusted: Event {
    public static let type = EventType.chargeAdjusted
}

extension ChargeVoided: Event {
    public static let type = EventType.chargeVoided
}

extension FeeWaived: Event {
    public static let type = EventType.feeWaived
}

extension InvoiceDrafted: Event {
    public static let type = EventType.invoiceDrafted
}

extension InvoiceDraftDiscarded: Event {
    public static let type = EventType.invoiceDraftDiscarded
}

extension InvoiceIssued: Event {
    public static let type = EventType.invoiceIssued
}

extension InvoiceVoided: Event {
    public static let type = EventType.invoiceVoided
}

extension CreditNoteIssued: Event {
    public static let type = EventType.creditNoteIssued
}

extension CreditApplied: Event {
    public static let type = EventType.creditApplied
}

extension PaymentRecorded: Event {
    public static let type = EventType.paymentRecorded
}

extension PaymentAllocated: Event {
    public static let type = EventType.paymentAllocated
}

extension AllocationReversed: Event {
    public static let type = EventType.allocationReversed
}

extension PaymentReversed: Event {
    public static let type = EventType.paymentReversed
}

extension RefundIssued: Event {
    public static let type = EventType.refundIssued
}

extension WriteOffRecorded: Event {
    public static let type = EventType.writeOffRecorded
}

extension WriteOffReversed: Event {
    public static let type = EventType.writeOffReversed
}

extension OpeningBalanceImported: Event {
    public static let type = EventType.openingBalanceImported
}

extension OpeningBalanceWithdrawn: Event {
    public static let type = EventType.openingBalanceWithdrawn
}

extension SocketUserLinked: Event {
    public static let type = EventType.socketUserLinked
}

extension TokenIssued: Event {
    public static let type = EventType.tokenIssued
}

extension TokenRevoked: Event {
    public static let type = EventType.tokenRevoked
}

extension EnrolmentCompleted: Event {
    public static let type = EventType.enrolmentCompleted
}

extension RecordAccessed: Event {
    public static let type = EventType.recordAccessed
}

extension AccessDenied: Event {
    public static let type = EventType.accessDenied
}

extension OwnerRecovered: Event {
    public static let type = EventType.ownerRecovered
}

extension SocketUserUnlinked: Event {
    public static let type = EventType.socketUserUnlinked
}

extension ImportApplied: Event {
    public static let type = EventType.importApplied
}

extension ImportUndone: Event {
    public static let type = EventType.importUndone
}
