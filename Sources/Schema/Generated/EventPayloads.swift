// Written by tools/generate from record.proto.

import SwiftProtobuf

/// An event of the area practice, with its payload.
public enum PracticeEvent: AreaEvent {
    case practiceInitialised(PracticeInitialised)
    case clockAccepted(ClockAccepted)
    case practiceProfileUpdated(PracticeProfileUpdated)
    case cancellationPolicyPublished(CancellationPolicyPublished)

    public static let area = EventArea.practice

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .practiceInitialised: self = .practiceInitialised(try PracticeInitialised(serializedBytes: bytes))
        case .clockAccepted: self = .clockAccepted(try ClockAccepted(serializedBytes: bytes))
        case .practiceProfileUpdated: self = .practiceProfileUpdated(try PracticeProfileUpdated(serializedBytes: bytes))
        case .cancellationPolicyPublished: self = .cancellationPolicyPublished(try CancellationPolicyPublished(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .practiceInitialised(let event): event
        case .clockAccepted(let event): event
        case .practiceProfileUpdated(let event): event
        case .cancellationPolicyPublished(let event): event
        }
    }
}

/// An event of the area staff, with its payload.
public enum StaffEvent: AreaEvent {
    case staffAdded(StaffAdded)
    case roleAssigned(RoleAssigned)
    case roleRevoked(RoleRevoked)
    case staffServicesSet(StaffServicesSet)

    public static let area = EventArea.staff

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .staffAdded: self = .staffAdded(try StaffAdded(serializedBytes: bytes))
        case .roleAssigned: self = .roleAssigned(try RoleAssigned(serializedBytes: bytes))
        case .roleRevoked: self = .roleRevoked(try RoleRevoked(serializedBytes: bytes))
        case .staffServicesSet: self = .staffServicesSet(try StaffServicesSet(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .staffAdded(let event): event
        case .roleAssigned(let event): event
        case .roleRevoked(let event): event
        case .staffServicesSet(let event): event
        }
    }
}

/// An event of the area places, with its payload.
public enum PlacesEvent: AreaEvent {
    case locationAdded(LocationAdded)
    case roomAdded(RoomAdded)
    case serviceDefined(ServiceDefined)
    case priceListPublished(PriceListPublished)

    public static let area = EventArea.places

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .locationAdded: self = .locationAdded(try LocationAdded(serializedBytes: bytes))
        case .roomAdded: self = .roomAdded(try RoomAdded(serializedBytes: bytes))
        case .serviceDefined: self = .serviceDefined(try ServiceDefined(serializedBytes: bytes))
        case .priceListPublished: self = .priceListPublished(try PriceListPublished(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .locationAdded(let event): event
        case .roomAdded(let event): event
        case .serviceDefined(let event): event
        case .priceListPublished(let event): event
        }
    }
}

/// An event of the area clients, with its payload.
public enum ClientsEvent: AreaEvent {
    case clientRegistered(ClientRegistered)
    case clientDetailsUpdated(ClientDetailsUpdated)
    case careTeamMemberAssigned(CareTeamMemberAssigned)

    public static let area = EventArea.clients

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .clientRegistered: self = .clientRegistered(try ClientRegistered(serializedBytes: bytes))
        case .clientDetailsUpdated: self = .clientDetailsUpdated(try ClientDetailsUpdated(serializedBytes: bytes))
        case .careTeamMemberAssigned: self = .careTeamMemberAssigned(try CareTeamMemberAssigned(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .clientRegistered(let event): event
        case .clientDetailsUpdated(let event): event
        case .careTeamMemberAssigned(let event): event
        }
    }
}

/// An event of the area availability, with its payload.
public enum AvailabilityEvent: AreaEvent {
    case weeklyHoursSet(WeeklyHoursSet)
    case extraOpeningAdded(ExtraOpeningAdded)
    case timeOffRequested(TimeOffRequested)
    case timeOffApproved(TimeOffApproved)

    public static let area = EventArea.availability

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .weeklyHoursSet: self = .weeklyHoursSet(try WeeklyHoursSet(serializedBytes: bytes))
        case .extraOpeningAdded: self = .extraOpeningAdded(try ExtraOpeningAdded(serializedBytes: bytes))
        case .timeOffRequested: self = .timeOffRequested(try TimeOffRequested(serializedBytes: bytes))
        case .timeOffApproved: self = .timeOffApproved(try TimeOffApproved(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .weeklyHoursSet(let event): event
        case .extraOpeningAdded(let event): event
        case .timeOffRequested(let event): event
        case .timeOffApproved(let event): event
        }
    }
}

/// An event of the area scheduling, with its payload.
public enum SchedulingEvent: AreaEvent {
    case appointmentBooked(AppointmentBooked)
    case appointmentRescheduled(AppointmentRescheduled)
    case appointmentCancelled(AppointmentCancelled)
    case appointmentConfirmed(AppointmentConfirmed)
    case clientCheckedIn(ClientCheckedIn)
    case sessionStarted(SessionStarted)
    case sessionEnded(SessionEnded)
    case sessionRecordedRetrospectively(SessionRecordedRetrospectively)
    case appointmentMarkedNoShow(AppointmentMarkedNoShow)
    case appointmentMarkedEnteredInError(AppointmentMarkedEnteredInError)
    case conflictOverridden(ConflictOverridden)

    public static let area = EventArea.scheduling

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .appointmentBooked: self = .appointmentBooked(try AppointmentBooked(serializedBytes: bytes))
        case .appointmentRescheduled: self = .appointmentRescheduled(try AppointmentRescheduled(serializedBytes: bytes))
        case .appointmentCancelled: self = .appointmentCancelled(try AppointmentCancelled(serializedBytes: bytes))
        case .appointmentConfirmed: self = .appointmentConfirmed(try AppointmentConfirmed(serializedBytes: bytes))
        case .clientCheckedIn: self = .clientCheckedIn(try ClientCheckedIn(serializedBytes: bytes))
        case .sessionStarted: self = .sessionStarted(try SessionStarted(serializedBytes: bytes))
        case .sessionEnded: self = .sessionEnded(try SessionEnded(serializedBytes: bytes))
        case .sessionRecordedRetrospectively: self = .sessionRecordedRetrospectively(try SessionRecordedRetrospectively(serializedBytes: bytes))
        case .appointmentMarkedNoShow: self = .appointmentMarkedNoShow(try AppointmentMarkedNoShow(serializedBytes: bytes))
        case .appointmentMarkedEnteredInError: self = .appointmentMarkedEnteredInError(try AppointmentMarkedEnteredInError(serializedBytes: bytes))
        case .conflictOverridden: self = .conflictOverridden(try ConflictOverridden(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .appointmentBooked(let event): event
        case .appointmentRescheduled(let event): event
        case .appointmentCancelled(let event): event
        case .appointmentConfirmed(let event): event
        case .clientCheckedIn(let event): event
        case .sessionStarted(let event): event
        case .sessionEnded(let event): event
        case .sessionRecordedRetrospectively(let event): event
        case .appointmentMarkedNoShow(let event): event
        case .appointmentMarkedEnteredInError(let event): event
        case .conflictOverridden(let event): event
        }
    }
}

/// An event of the area charting, with its payload.
public enum ChartingEvent: AreaEvent {
    case contactRecorded(ContactRecorded)
    case noteStarted(NoteStarted)
    case noteDraftSaved(NoteDraftSaved)
    case noteDraftDiscarded(NoteDraftDiscarded)
    case noteSigned(NoteSigned)
    case noteCosigned(NoteCosigned)
    case noteReturned(NoteReturned)
    case noteAddendumSigned(NoteAddendumSigned)
    case noteMarkedEnteredInError(NoteMarkedEnteredInError)

    public static let area = EventArea.charting

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .contactRecorded: self = .contactRecorded(try ContactRecorded(serializedBytes: bytes))
        case .noteStarted: self = .noteStarted(try NoteStarted(serializedBytes: bytes))
        case .noteDraftSaved: self = .noteDraftSaved(try NoteDraftSaved(serializedBytes: bytes))
        case .noteDraftDiscarded: self = .noteDraftDiscarded(try NoteDraftDiscarded(serializedBytes: bytes))
        case .noteSigned: self = .noteSigned(try NoteSigned(serializedBytes: bytes))
        case .noteCosigned: self = .noteCosigned(try NoteCosigned(serializedBytes: bytes))
        case .noteReturned: self = .noteReturned(try NoteReturned(serializedBytes: bytes))
        case .noteAddendumSigned: self = .noteAddendumSigned(try NoteAddendumSigned(serializedBytes: bytes))
        case .noteMarkedEnteredInError: self = .noteMarkedEnteredInError(try NoteMarkedEnteredInError(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .contactRecorded(let event): event
        case .noteStarted(let event): event
        case .noteDraftSaved(let event): event
        case .noteDraftDiscarded(let event): event
        case .noteSigned(let event): event
        case .noteCosigned(let event): event
        case .noteReturned(let event): event
        case .noteAddendumSigned(let event): event
        case .noteMarkedEnteredInError(let event): event
        }
    }
}

/// An event of the area billing, with its payload.
public enum BillingEvent: AreaEvent {
    case taxCodeDefined(TaxCodeDefined)
    case payerDefined(PayerDefined)
    case chargePosted(ChargePosted)
    case chargeAdjusted(ChargeAdjusted)
    case chargeVoided(ChargeVoided)
    case feeWaived(FeeWaived)
    case invoiceDrafted(InvoiceDrafted)
    case invoiceDraftDiscarded(InvoiceDraftDiscarded)
    case invoiceIssued(InvoiceIssued)
    case invoiceVoided(InvoiceVoided)
    case creditNoteIssued(CreditNoteIssued)
    case creditApplied(CreditApplied)
    case paymentRecorded(PaymentRecorded)
    case paymentAllocated(PaymentAllocated)
    case allocationReversed(AllocationReversed)
    case paymentReversed(PaymentReversed)
    case refundIssued(RefundIssued)
    case writeOffRecorded(WriteOffRecorded)
    case writeOffReversed(WriteOffReversed)
    case openingBalanceImported(OpeningBalanceImported)
    case openingBalanceWithdrawn(OpeningBalanceWithdrawn)

    public static let area = EventArea.billing

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .taxCodeDefined: self = .taxCodeDefined(try TaxCodeDefined(serializedBytes: bytes))
        case .payerDefined: self = .payerDefined(try PayerDefined(serializedBytes: bytes))
        case .chargePosted: self = .chargePosted(try ChargePosted(serializedBytes: bytes))
        case .chargeAdjusted: self = .chargeAdjusted(try ChargeAdjusted(serializedBytes: bytes))
        case .chargeVoided: self = .chargeVoided(try ChargeVoided(serializedBytes: bytes))
        case .feeWaived: self = .feeWaived(try FeeWaived(serializedBytes: bytes))
        case .invoiceDrafted: self = .invoiceDrafted(try InvoiceDrafted(serializedBytes: bytes))
        case .invoiceDraftDiscarded: self = .invoiceDraftDiscarded(try InvoiceDraftDiscarded(serializedBytes: bytes))
        case .invoiceIssued: self = .invoiceIssued(try InvoiceIssued(serializedBytes: bytes))
        case .invoiceVoided: self = .invoiceVoided(try InvoiceVoided(serializedBytes: bytes))
        case .creditNoteIssued: self = .creditNoteIssued(try CreditNoteIssued(serializedBytes: bytes))
        case .creditApplied: self = .creditApplied(try CreditApplied(serializedBytes: bytes))
        case .paymentRecorded: self = .paymentRecorded(try PaymentRecorded(serializedBytes: bytes))
        case .paymentAllocated: self = .paymentAllocated(try PaymentAllocated(serializedBytes: bytes))
        case .allocationReversed: self = .allocationReversed(try AllocationReversed(serializedBytes: bytes))
        case .paymentReversed: self = .paymentReversed(try PaymentReversed(serializedBytes: bytes))
        case .refundIssued: self = .refundIssued(try RefundIssued(serializedBytes: bytes))
        case .writeOffRecorded: self = .writeOffRecorded(try WriteOffRecorded(serializedBytes: bytes))
        case .writeOffReversed: self = .writeOffReversed(try WriteOffReversed(serializedBytes: bytes))
        case .openingBalanceImported: self = .openingBalanceImported(try OpeningBalanceImported(serializedBytes: bytes))
        case .openingBalanceWithdrawn: self = .openingBalanceWithdrawn(try OpeningBalanceWithdrawn(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .taxCodeDefined(let event): event
        case .payerDefined(let event): event
        case .chargePosted(let event): event
        case .chargeAdjusted(let event): event
        case .chargeVoided(let event): event
        case .feeWaived(let event): event
        case .invoiceDrafted(let event): event
        case .invoiceDraftDiscarded(let event): event
        case .invoiceIssued(let event): event
        case .invoiceVoided(let event): event
        case .creditNoteIssued(let event): event
        case .creditApplied(let event): event
        case .paymentRecorded(let event): event
        case .paymentAllocated(let event): event
        case .allocationReversed(let event): event
        case .paymentReversed(let event): event
        case .refundIssued(let event): event
        case .writeOffRecorded(let event): event
        case .writeOffReversed(let event): event
        case .openingBalanceImported(let event): event
        case .openingBalanceWithdrawn(let event): event
        }
    }
}

/// An event of the area access, with its payload.
public enum AccessEvent: AreaEvent {
    case socketUserLinked(SocketUserLinked)
    case tokenIssued(TokenIssued)
    case tokenRevoked(TokenRevoked)
    case enrolmentCompleted(EnrolmentCompleted)
    case recordAccessed(RecordAccessed)
    case accessDenied(AccessDenied)
    case ownerRecovered(OwnerRecovered)
    case socketUserUnlinked(SocketUserUnlinked)

    public static let area = EventArea.access

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .socketUserLinked: self = .socketUserLinked(try SocketUserLinked(serializedBytes: bytes))
        case .tokenIssued: self = .tokenIssued(try TokenIssued(serializedBytes: bytes))
        case .tokenRevoked: self = .tokenRevoked(try TokenRevoked(serializedBytes: bytes))
        case .enrolmentCompleted: self = .enrolmentCompleted(try EnrolmentCompleted(serializedBytes: bytes))
        case .recordAccessed: self = .recordAccessed(try RecordAccessed(serializedBytes: bytes))
        case .accessDenied: self = .accessDenied(try AccessDenied(serializedBytes: bytes))
        case .ownerRecovered: self = .ownerRecovered(try OwnerRecovered(serializedBytes: bytes))
        case .socketUserUnlinked: self = .socketUserUnlinked(try SocketUserUnlinked(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .socketUserLinked(let event): event
        case .tokenIssued(let event): event
        case .tokenRevoked(let event): event
        case .enrolmentCompleted(let event): event
        case .recordAccessed(let event): event
        case .accessDenied(let event): event
        case .ownerRecovered(let event): event
        case .socketUserUnlinked(let event): event
        }
    }
}

/// An event of the area interchange, with its payload.
public enum InterchangeEvent: AreaEvent {
    case importApplied(ImportApplied)
    case importUndone(ImportUndone)

    public static let area = EventArea.interchange

    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .importApplied: self = .importApplied(try ImportApplied(serializedBytes: bytes))
        case .importUndone: self = .importUndone(try ImportUndone(serializedBytes: bytes))
        default: throw RecordError.otherEventType(type)
        }
    }

    public var message: any Event {
        switch self {
        case .importApplied(let event): event
        case .importUndone(let event): event
        }
    }
}

/// Any event, by area.
public enum AnyEvent: Sendable {
    case practice(PracticeEvent)
    case staff(StaffEvent)
    case places(PlacesEvent)
    case clients(ClientsEvent)
    case availability(AvailabilityEvent)
    case scheduling(SchedulingEvent)
    case charting(ChartingEvent)
    case billing(BillingEvent)
    case access(AccessEvent)
    case interchange(InterchangeEvent)

    /// Decodes an event's own bytes.
    public init(type: EventType, bytes: [UInt8]) throws {
        switch type.area {
        case .practice: self = .practice(try PracticeEvent(type: type, bytes: bytes))
        case .staff: self = .staff(try StaffEvent(type: type, bytes: bytes))
        case .places: self = .places(try PlacesEvent(type: type, bytes: bytes))
        case .clients: self = .clients(try ClientsEvent(type: type, bytes: bytes))
        case .availability: self = .availability(try AvailabilityEvent(type: type, bytes: bytes))
        case .scheduling: self = .scheduling(try SchedulingEvent(type: type, bytes: bytes))
        case .charting: self = .charting(try ChartingEvent(type: type, bytes: bytes))
        case .billing: self = .billing(try BillingEvent(type: type, bytes: bytes))
        case .access: self = .access(try AccessEvent(type: type, bytes: bytes))
        case .interchange: self = .interchange(try InterchangeEvent(type: type, bytes: bytes))
        }
    }

    /// The payload, whatever it is.
    public var message: any Event {
        switch self {
        case .practice(let event): event.message
        case .staff(let event): event.message
        case .places(let event): event.message
        case .clients(let event): event.message
        case .availability(let event): event.message
        case .scheduling(let event): event.message
        case .charting(let event): event.message
        case .billing(let event): event.message
        case .access(let event): event.message
        case .interchange(let event): event.message
        }
    }
}
