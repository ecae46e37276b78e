// Written by tools/generate from record.proto.

import SwiftProtobuf

/// The parts of the clinic that events belong to.
public enum EventArea: UInt32, CaseIterable, Sendable {
    case practice = 1
    case staff = 2
    case places = 3
    case clients = 4
    case availability = 5
    case scheduling = 6
    case charting = 7
    case access = 11
    case interchange = 13
}

/// The type of an event: its field number in `Record`, area x 1000 + n.
public enum EventType: UInt32, CaseIterable, Sendable {
    case practiceInitialised = 1001
    case clockAccepted = 1002
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
    case socketUserLinked = 11001
    case tokenIssued = 11002
    case tokenRevoked = 11003
    case enrolmentCompleted = 11004
    case recordAccessed = 11005
    case accessDenied = 11006
    case ownerRecovered = 11007
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
        case 11: .access
        default: .interchange
        }
    }

    /// The event's name, as the schema spells it.
    public var name: String {
        switch self {
        case .practiceInitialised: "PracticeInitialised"
        case .clockAccepted: "ClockAccepted"
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
        case .socketUserLinked: "SocketUserLinked"
        case .tokenIssued: "TokenIssued"
        case .tokenRevoked: "TokenRevoked"
        case .enrolmentCompleted: "EnrolmentCompleted"
        case .recordAccessed: "RecordAccessed"
        case .accessDenied: "AccessDenied"
        case .ownerRecovered: "OwnerRecovered"
        case .importApplied: "ImportApplied"
        case .importUndone: "ImportUndone"
        }
    }
}

extension PracticeInitialised: Event {
    public static let type = EventType.practiceInitialised
}

extension ClockAccepted: Event {
    public static let type = EventType.clockAccepted
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

extension ImportApplied: Event {
    public static let type = EventType.importApplied
}

extension ImportUndone: Event {
    public static let type = EventType.importUndone
}

/// An event of the area practice, with its payload.
public enum PracticeEvent: Sendable {
    case practiceInitialised(PracticeInitialised)
    case clockAccepted(ClockAccepted)
}

/// An event of the area staff, with its payload.
public enum StaffEvent: Sendable {
    case staffAdded(StaffAdded)
    case roleAssigned(RoleAssigned)
    case roleRevoked(RoleRevoked)
    case staffServicesSet(StaffServicesSet)
}

/// An event of the area places, with its payload.
public enum PlacesEvent: Sendable {
    case locationAdded(LocationAdded)
    case roomAdded(RoomAdded)
    case serviceDefined(ServiceDefined)
    case priceListPublished(PriceListPublished)
}

/// An event of the area clients, with its payload.
public enum ClientsEvent: Sendable {
    case clientRegistered(ClientRegistered)
    case clientDetailsUpdated(ClientDetailsUpdated)
    case careTeamMemberAssigned(CareTeamMemberAssigned)
}

/// An event of the area availability, with its payload.
public enum AvailabilityEvent: Sendable {
    case weeklyHoursSet(WeeklyHoursSet)
    case extraOpeningAdded(ExtraOpeningAdded)
    case timeOffRequested(TimeOffRequested)
    case timeOffApproved(TimeOffApproved)
}

/// An event of the area scheduling, with its payload.
public enum SchedulingEvent: Sendable {
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
}

/// An event of the area charting, with its payload.
public enum ChartingEvent: Sendable {
    case contactRecorded(ContactRecorded)
}

/// An event of the area access, with its payload.
public enum AccessEvent: Sendable {
    case socketUserLinked(SocketUserLinked)
    case tokenIssued(TokenIssued)
    case tokenRevoked(TokenRevoked)
    case enrolmentCompleted(EnrolmentCompleted)
    case recordAccessed(RecordAccessed)
    case accessDenied(AccessDenied)
    case ownerRecovered(OwnerRecovered)
}

/// An event of the area interchange, with its payload.
public enum InterchangeEvent: Sendable {
    case importApplied(ImportApplied)
    case importUndone(ImportUndone)
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
    case access(AccessEvent)
    case interchange(InterchangeEvent)

    /// Decodes an event's own bytes.
    public init(type: EventType, bytes: [UInt8]) throws {
        switch type {
        case .practiceInitialised:
            self = .practice(.practiceInitialised(try PracticeInitialised(serializedBytes: bytes)))
        case .clockAccepted:
            self = .practice(.clockAccepted(try ClockAccepted(serializedBytes: bytes)))
        case .staffAdded:
            self = .staff(.staffAdded(try StaffAdded(serializedBytes: bytes)))
        case .roleAssigned:
            self = .staff(.roleAssigned(try RoleAssigned(serializedBytes: bytes)))
        case .roleRevoked:
            self = .staff(.roleRevoked(try RoleRevoked(serializedBytes: bytes)))
        case .staffServicesSet:
            self = .staff(.staffServicesSet(try StaffServicesSet(serializedBytes: bytes)))
        case .locationAdded:
            self = .places(.locationAdded(try LocationAdded(serializedBytes: bytes)))
        case .roomAdded:
            self = .places(.roomAdded(try RoomAdded(serializedBytes: bytes)))
        case .serviceDefined:
            self = .places(.serviceDefined(try ServiceDefined(serializedBytes: bytes)))
        case .priceListPublished:
            self = .places(.priceListPublished(try PriceListPublished(serializedBytes: bytes)))
        case .clientRegistered:
            self = .clients(.clientRegistered(try ClientRegistered(serializedBytes: bytes)))
        case .clientDetailsUpdated:
            self = .clients(.clientDetailsUpdated(try ClientDetailsUpdated(serializedBytes: bytes)))
        case .careTeamMemberAssigned:
            self = .clients(.careTeamMemberAssigned(try CareTeamMemberAssigned(serializedBytes: bytes)))
        case .weeklyHoursSet:
            self = .availability(.weeklyHoursSet(try WeeklyHoursSet(serializedBytes: bytes)))
        case .extraOpeningAdded:
            self = .availability(.extraOpeningAdded(try ExtraOpeningAdded(serializedBytes: bytes)))
        case .timeOffRequested:
            self = .availability(.timeOffRequested(try TimeOffRequested(serializedBytes: bytes)))
        case .timeOffApproved:
            self = .availability(.timeOffApproved(try TimeOffApproved(serializedBytes: bytes)))
        case .appointmentBooked:
            self = .scheduling(.appointmentBooked(try AppointmentBooked(serializedBytes: bytes)))
        case .appointmentRescheduled:
            self = .scheduling(.appointmentRescheduled(try AppointmentRescheduled(serializedBytes: bytes)))
        case .appointmentCancelled:
            self = .scheduling(.appointmentCancelled(try AppointmentCancelled(serializedBytes: bytes)))
        case .appointmentConfirmed:
            self = .scheduling(.appointmentConfirmed(try AppointmentConfirmed(serializedBytes: bytes)))
        case .clientCheckedIn:
            self = .scheduling(.clientCheckedIn(try ClientCheckedIn(serializedBytes: bytes)))
        case .sessionStarted:
            self = .scheduling(.sessionStarted(try SessionStarted(serializedBytes: bytes)))
        case .sessionEnded:
            self = .scheduling(.sessionEnded(try SessionEnded(serializedBytes: bytes)))
        case .sessionRecordedRetrospectively:
            self = .scheduling(.sessionRecordedRetrospectively(try SessionRecordedRetrospectively(serializedBytes: bytes)))
        case .appointmentMarkedNoShow:
            self = .scheduling(.appointmentMarkedNoShow(try AppointmentMarkedNoShow(serializedBytes: bytes)))
        case .appointmentMarkedEnteredInError:
            self = .scheduling(.appointmentMarkedEnteredInError(try AppointmentMarkedEnteredInError(serializedBytes: bytes)))
        case .conflictOverridden:
            self = .scheduling(.conflictOverridden(try ConflictOverridden(serializedBytes: bytes)))
        case .contactRecorded:
            self = .charting(.contactRecorded(try ContactRecorded(serializedBytes: bytes)))
        case .socketUserLinked:
            self = .access(.socketUserLinked(try SocketUserLinked(serializedBytes: bytes)))
        case .tokenIssued:
            self = .access(.tokenIssued(try TokenIssued(serializedBytes: bytes)))
        case .tokenRevoked:
            self = .access(.tokenRevoked(try TokenRevoked(serializedBytes: bytes)))
        case .enrolmentCompleted:
            self = .access(.enrolmentCompleted(try EnrolmentCompleted(serializedBytes: bytes)))
        case .recordAccessed:
            self = .access(.recordAccessed(try RecordAccessed(serializedBytes: bytes)))
        case .accessDenied:
            self = .access(.accessDenied(try AccessDenied(serializedBytes: bytes)))
        case .ownerRecovered:
            self = .access(.ownerRecovered(try OwnerRecovered(serializedBytes: bytes)))
        case .importApplied:
            self = .interchange(.importApplied(try ImportApplied(serializedBytes: bytes)))
        case .importUndone:
            self = .interchange(.importUndone(try ImportUndone(serializedBytes: bytes)))
        }
    }

    /// The payload, whatever it is.
    public var message: any Event {
        switch self {
        case .practice(.practiceInitialised(let event)): event
        case .practice(.clockAccepted(let event)): event
        case .staff(.staffAdded(let event)): event
        case .staff(.roleAssigned(let event)): event
        case .staff(.roleRevoked(let event)): event
        case .staff(.staffServicesSet(let event)): event
        case .places(.locationAdded(let event)): event
        case .places(.roomAdded(let event)): event
        case .places(.serviceDefined(let event)): event
        case .places(.priceListPublished(let event)): event
        case .clients(.clientRegistered(let event)): event
        case .clients(.clientDetailsUpdated(let event)): event
        case .clients(.careTeamMemberAssigned(let event)): event
        case .availability(.weeklyHoursSet(let event)): event
        case .availability(.extraOpeningAdded(let event)): event
        case .availability(.timeOffRequested(let event)): event
        case .availability(.timeOffApproved(let event)): event
        case .scheduling(.appointmentBooked(let event)): event
        case .scheduling(.appointmentRescheduled(let event)): event
        case .scheduling(.appointmentCancelled(let event)): event
        case .scheduling(.appointmentConfirmed(let event)): event
        case .scheduling(.clientCheckedIn(let event)): event
        case .scheduling(.sessionStarted(let event)): event
        case .scheduling(.sessionEnded(let event)): event
        case .scheduling(.sessionRecordedRetrospectively(let event)): event
        case .scheduling(.appointmentMarkedNoShow(let event)): event
        case .scheduling(.appointmentMarkedEnteredInError(let event)): event
        case .scheduling(.conflictOverridden(let event)): event
        case .charting(.contactRecorded(let event)): event
        case .access(.socketUserLinked(let event)): event
        case .access(.tokenIssued(let event)): event
        case .access(.tokenRevoked(let event)): event
        case .access(.enrolmentCompleted(let event)): event
        case .access(.recordAccessed(let event)): event
        case .access(.accessDenied(let event)): event
        case .access(.ownerRecovered(let event)): event
        case .interchange(.importApplied(let event)): event
        case .interchange(.importUndone(let event)): event
        }
    }
}
