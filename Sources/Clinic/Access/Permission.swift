import Schema

/// What one may be allowed to do. Every command, question and stream names exactly one.
public enum Permission: String, CaseIterable, Sendable {
    case initialisePractice = "initialise practice"
    case configurePractice = "configure practice"
    case acceptClock = "accept clock"
    case manageStaff = "manage staff"
    case assignRoles = "assign roles"
    case setStaffServices = "set staff services"
    case linkSocketUsers = "link socket users"
    case issueTokens = "issue tokens"
    case revokeTokens = "revoke tokens"
    case completeEnrolment = "complete enrolment"
    case registerClients = "register clients"
    case updateClients = "update clients"
    case assignCareTeam = "assign care team"
    case setAvailability = "set availability"
    case requestTimeOff = "request time off"
    case approveTimeOff = "approve time off"
    case bookAppointments = "book appointments"
    case rescheduleAppointments = "reschedule appointments"
    case cancelAppointments = "cancel appointments"
    case confirmAppointments = "confirm appointments"
    case checkInClients = "check in clients"
    case conductSessions = "conduct sessions"
    case recordSessions = "record sessions"
    case markNoShows = "mark no-shows"
    case markEnteredInError = "mark entered in error"
    case recordContacts = "record contacts"
    case viewCalendar = "view calendar"
    case viewDirectory = "view directory"
    case viewClients = "view clients"
    case viewDemographics = "view demographics"
    case viewChart = "view chart"
    case viewPersonnel = "view personnel"
    case viewTimeOff = "view time off"
    case viewAudit = "view audit"
    case viewEvents = "view events"
    case viewAccess = "view access"
    case viewSelf = "view self"
    case administer = "administer"
    case verify = "verify"
    case importSheets = "import sheets"
}

/// How the caller must stand to the people in question for a role to permit something.
public enum Relation: Hashable, Sendable {
    /// Any: the role is enough.
    case any
    /// It is the caller's own calendar, time off, action.
    case own
    /// The client is in the caller's care, today.
    case careTeam
}
