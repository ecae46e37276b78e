import Schema

/// Every command there is. The API, its description and the CLI pick them up from here.
public enum Commands {
    public static let all: [any Command.Type] = [
        InitialisePractice.self, AcceptClock.self,
        AddStaff.self, AssignRole.self, RevokeRole.self, SetStaffServices.self,
        LinkSocketUser.self, UnlinkSocketUser.self, IssueToken.self, RevokeToken.self, CompleteEnrolment.self,
        AddLocation.self, AddRoom.self, DefineService.self, PublishPriceList.self,
        RegisterClient.self, UpdateClientDetails.self, AssignCareTeamMember.self,
        SetWeeklyHours.self, AddExtraOpening.self, RequestTimeOff.self, ApproveTimeOff.self,
        BookAppointment.self, RescheduleAppointment.self, CancelAppointment.self, ConfirmAppointment.self,
        CheckInClient.self, StartSession.self, EndSession.self, RecordSession.self, MarkNoShow.self,
        MarkEnteredInError.self, RecordNonSessionContact.self,
        StartNote.self, SaveNoteDraft.self, DiscardNoteDraft.self, SignNote.self, CosignNote.self, ReturnNote.self,
        AddAddendum.self, MarkNoteInError.self,
        UpdatePracticeProfile.self, PublishCancellationPolicy.self, DefineTaxCode.self, DefinePayer.self,
        PostCharge.self, AdjustCharge.self, VoidCharge.self, WaiveFee.self,
        DraftInvoice.self, DiscardInvoiceDraft.self, IssueInvoice.self, VoidInvoice.self,
        IssueCreditNote.self, ApplyCredit.self, RecordPayment.self, AllocatePayment.self, ReverseAllocation.self,
        ReversePayment.self, IssueRefund.self, WriteOffBalance.self, ReverseWriteOff.self,
    ]

    public static let byName: [String: any Command.Type] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
