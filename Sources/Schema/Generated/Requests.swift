// Written by tools/generate from *_commands.proto and queries.proto.

/// Every command and query of the schema.
public enum Requests {
    /// The messages of `<area>_commands.proto`.
    public static let commands: [RequestType] = [
        RequestType(LinkSocketUser.self, answer: Reply.self),
        RequestType(IssueToken.self, answer: Reply.self),
        RequestType(RevokeToken.self, answer: Reply.self),
        RequestType(UnlinkSocketUser.self, answer: Reply.self),
        RequestType(CompleteEnrolment.self, answer: Reply.self),
        RequestType(SetWeeklyHours.self, answer: Reply.self),
        RequestType(AddExtraOpening.self, answer: Reply.self),
        RequestType(RequestTimeOff.self, answer: Reply.self),
        RequestType(ApproveTimeOff.self, answer: Reply.self),
        RequestType(RecordNonSessionContact.self, answer: Reply.self),
        RequestType(RegisterClient.self, answer: Reply.self),
        RequestType(UpdateClientDetails.self, answer: Reply.self),
        RequestType(AssignCareTeamMember.self, answer: Reply.self),
        RequestType(AddLocation.self, answer: Reply.self),
        RequestType(AddRoom.self, answer: Reply.self),
        RequestType(DefineService.self, answer: Reply.self),
        RequestType(PublishPriceList.self, answer: Reply.self),
        RequestType(InitialisePractice.self, answer: Reply.self),
        RequestType(AcceptClock.self, answer: Reply.self),
        RequestType(BookAppointment.self, answer: Reply.self),
        RequestType(RescheduleAppointment.self, answer: Reply.self),
        RequestType(CancelAppointment.self, answer: Reply.self),
        RequestType(ConfirmAppointment.self, answer: Reply.self),
        RequestType(CheckInClient.self, answer: Reply.self),
        RequestType(StartSession.self, answer: Reply.self),
        RequestType(EndSession.self, answer: Reply.self),
        RequestType(RecordSession.self, answer: Reply.self),
        RequestType(MarkNoShow.self, answer: Reply.self),
        RequestType(MarkEnteredInError.self, answer: Reply.self),
        RequestType(AddStaff.self, answer: Reply.self),
        RequestType(AssignRole.self, answer: Reply.self),
        RequestType(RevokeRole.self, answer: Reply.self),
        RequestType(SetStaffServices.self, answer: Reply.self),
    ]

    /// The messages of `queries.proto`, each with its answer.
    public static let queries: [RequestType] = [
        RequestType(Agenda.self, answer: AgendaAnswer.self),
        RequestType(FreeSlots.self, answer: FreeSlotsAnswer.self),
        RequestType(ShowAppointment.self, answer: ShowAppointmentAnswer.self),
        RequestType(ClientHistory.self, answer: ClientHistoryAnswer.self),
        RequestType(AuditTrail.self, answer: AuditTrailAnswer.self),
        RequestType(ListStaff.self, answer: ListStaffAnswer.self),
        RequestType(ListLocations.self, answer: ListLocationsAnswer.self),
        RequestType(ListRooms.self, answer: ListRoomsAnswer.self),
        RequestType(ListServices.self, answer: ListServicesAnswer.self),
        RequestType(ListClients.self, answer: ListClientsAnswer.self),
        RequestType(FindClients.self, answer: FindClientsAnswer.self),
        RequestType(ShowClient.self, answer: ShowClientAnswer.self),
        RequestType(ListTimeOff.self, answer: ListTimeOffAnswer.self),
        RequestType(ListHours.self, answer: ListHoursAnswer.self),
        RequestType(WhoAmI.self, answer: WhoAmIAnswer.self),
        RequestType(ListAccess.self, answer: ListAccessAnswer.self),
    ]
}
