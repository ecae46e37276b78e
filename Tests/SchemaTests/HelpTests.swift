import Foundation
import SwiftProtobuf
import Testing

@testable import Schema

@Suite struct HelpTests {
    @Test func `a command's page names its fields, their forms and what they mean`() throws {
        let page = try #require(CommandHelp.text(for: "BookAppointment"))
        #expect(page.hasPrefix("BookAppointment\n  Book an appointment.\n"))
        #expect(page.contains("\n  start                text like 2026-12-01T14:00\n"))
        #expect(page.contains("one of in_person, online, phone, home_visit, outreach"))
        #expect(page.contains("Left out: any free suitable room is taken."))
        #expect(page.contains("\nExample:\n  {\"client\":7,"))
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func `what a field holds is described further in`() throws {
        let page = try #require(CommandHelp.text(for: "SetWeeklyHours"))
        #expect(page.contains("list, each HoursBlock\n"))
        #expect(page.contains("      weekday     whole number, 0 or more\n"))
    }

    @Test func `an unknown name has no page, but a likely one`() {
        #expect(CommandHelp.text(for: "BokAppointment") == nil)
        #expect(CommandHelp.example(for: "BokAppointment") == nil)
        #expect(CommandHelp.nearest(to: "BokAppointment") == "BookAppointment")
        #expect(CommandHelp.nearest(to: "book_appointment") == "BookAppointment")
        #expect(CommandHelp.nearest(to: "Quux") == nil)
    }

    @Test(arguments: (Requests.commands + Requests.queries).map(\.name))
    func `every example is accepted`(name: String) throws {
        let request = try #require((Requests.commands + Requests.queries).first { $0.name == name })
        let example = try #require(CommandHelp.example(for: name))
        func accept<M: Message>(_ type: M.Type) throws {
            _ = try JSONReader.decode(type, from: example.bytes)
        }
        try accept(request.message)
    }

    @Test func `an example has no field that stands instead of another, since both are refused`() throws {
        #expect(CommandHelp.example(for: "IssueRefund") == #"{"payment":7,"reason":"text"}"#)
        let policy = try #require(CommandHelp.example(for: "PublishCancellationPolicy"))
        #expect(!policy.contains("basisPoints"))
    }
}
