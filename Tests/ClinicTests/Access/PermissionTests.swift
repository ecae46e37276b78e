import Clinic
import Schema
import SwiftProtobuf
import TestKit
import Testing

@Suite struct PermissionTests {
    @Test func `every command is listed once under its own name`() {
        #expect(Commands.byName.count == Commands.all.count)
    }

    @Test func `whoever has no role may do nothing`() throws {
        let (story, _) = try Story.clinic()
        let nobody = try story.staff("Nemo Nobody")
        for permission in Permission.allCases {
            let role = story.access.role(
                permitting: permission, to: story.caller(nobody), about: Target(staff: nobody), nowMs: story.nowMs)
            #expect(role == nil, "\(permission)")
        }
    }

    @Test(arguments: [Permission.rescheduleAppointments, .cancelAppointments, .bookAppointments])
    func `trainees and supervisors see to their own calendars`(permission: Permission) throws {
        let (story, cast) = try Story.clinic()
        for staff in [cast.trainee, cast.supervisor] {
            func role(_ owner: UInt64) -> Role.Value? {
                story.access.role(
                    permitting: permission, to: story.caller(staff), about: Target(staff: owner), nowMs: story.nowMs)
            }
            #expect(role(staff) != nil)
            #expect(role(cast.ben) == nil)
        }
    }

    @Test func `an owner's role lets nobody read a chart`() throws {
        let (story, cast) = try Story.clinic()
        for staff in [cast.owner, cast.manager, cast.desk, cast.ben, cast.auditor] {
            let role = story.access.role(
                permitting: .viewChart, to: story.caller(staff), about: Target(client: cast.cleo), nowMs: story.nowMs)
            #expect(role == nil)
        }
    }

    private static let money: [Permission] = [
        .configureBilling, .postCharges, .changeCharges, .draftInvoices, .issueInvoices, .issueCreditNotes,
        .recordPayments, .allocatePayments, .reversePayments, .issueRefunds, .writeOff, .viewBalances, .viewLedger,
    ]

    /// Every cell in which such a role has something.
    @Test(arguments: [Role.Value.biller, .auditor])
    func `who keeps the books or only looks may do nothing else`(role: Role.Value) throws {
        let (story, cast) = try Story.clinic()
        let staff = try story.staff("Lou Looker", role)
        // Neither a place on the team nor one's own calendar opens more.
        try story.given(
            CareTeamMemberAssigned.with {
                $0.client = cast.cleo
                $0.staff = staff
                $0.role = .secondary
                $0.fromAt = story.nowMs
            }, about: [Subject(.client, cast.cleo), Subject(.staff, staff)])
        let permitted = Permission.allCases.filter { permission in
            story.access.role(
                permitting: permission, to: story.caller(staff), about: Target(client: cast.cleo, staff: staff),
                nowMs: story.nowMs) != nil
        }
        let everybody: [Permission] = [
            .issueTokens, .revokeTokens, .completeEnrolment, .viewCalendar, .viewDirectory, .viewAccess, .viewSelf,
        ]
        let more: [Permission] =
            role == .biller
            ? [.viewClients, .viewDemographics] + Self.money
            : [
                .findSlots, .viewAvailability, .viewAudit, .viewActions, .viewEvents, .viewAccessOfAll, .verify,
                .viewBalances, .viewLedger,
            ]
        #expect(Set(permitted) == Set(everybody + more))
    }

    @Test func `a manager reads access reports, clinicians what they did themselves, and the desk neither`() throws {
        let (story, cast) = try Story.clinic()
        func may(_ permission: Permission, _ staff: UInt64, about actor: UInt64?) -> Bool {
            story.access.role(
                permitting: permission, to: story.caller(staff), about: Target(staff: actor), nowMs: story.nowMs) != nil
        }
        #expect(may(.viewAudit, cast.manager, about: nil) && !may(.viewActions, cast.manager, about: nil))
        #expect(!may(.viewActions, cast.manager, about: cast.manager))
        #expect(may(.viewActions, cast.ana, about: cast.ana) && !may(.viewActions, cast.ana, about: cast.ben))
        #expect(!may(.viewAudit, cast.desk, about: cast.desk))
    }

    @Test func `hours are seen by their therapist and by those who plan, and by no colleague`() throws {
        let (story, cast) = try Story.clinic()
        func sees(_ staff: UInt64) -> Bool {
            story.access.role(
                permitting: .viewAvailability, to: story.caller(staff), about: Target(staff: cast.ana),
                nowMs: story.nowMs) != nil
        }
        #expect([cast.owner, cast.manager, cast.desk, cast.ana, cast.auditor].allSatisfy(sees))
        #expect(![cast.ben, cast.supervisor, cast.trainee].contains(where: sees))
    }
}
