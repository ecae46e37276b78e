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
}
