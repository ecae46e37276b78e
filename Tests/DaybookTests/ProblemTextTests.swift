import ArgumentParser
import DaybookClient
import Testing

@testable import daybook

struct ProblemTextTests {
    @Test func `a refusal says what, why, by which rule, and then its facts`() {
        var problem = Problem(status: 409, title: "Therapist is already booked", detail: "From 14:00 to 14:50.")
        problem.rule = "INV-SCHED-03"
        problem.conflicts = [5120]
        problem.classes = ["therapist_overlap"]
        problem.nearest = ["2026-12-01T15:00", "2026-12-01T16:00"]
        problem.candidates = [41]
        #expect(
            ProblemText.lines(problem) == [
                "Therapist is already booked", "  From 14:00 to 14:50.", "  Rule: INV-SCHED-03",
                "  In the way: appointment 5120", "  Conflict: therapist_overlap", "  Free: 2026-12-01 15:00",
                "  Free: 2026-12-01 16:00", "  Possibly the same person: client 41",
            ])
    }

    @Test func `an answer that is no problem document is said by its status`() {
        #expect(
            ProblemText.lines(Problem(status: 502, body: Array("oops".utf8))) == ["The daemon answered with status 502"]
        )
    }

    @Test func `a field is said as the option that the verb has for it`() {
        func hint(_ field: String, _ verb: any ParsableCommand.Type) -> String? {
            FieldOption.hint(for: field, on: Daybook.helpMessage(for: verb))
        }
        #expect(hint("reason", Cancel.self) == "here: --reason")
        #expect(hint("retrospectiveReason", Book.self) == "here: --afterwards")
        #expect(hint("clientPlace", Start.self) == "here: --place")
        #expect(hint("ownerEmail", Init.self) == "here: --email")
        #expect(hint("start", Move.self) == "here: --to")
        #expect(hint("start", Book.self) == "here: --start")
        #expect(hint("start", HoursVerbs.Open.self) == "here: --start")
        #expect(hint("sha256", Do.self) == "see daybook enrol")
        #expect(hint("reason", EnteredInError.self) == nil)
        #expect(hint("prices[0].amount", ServiceVerbs.PriceVerb.self) == nil)
        var problem = Problem(status: 400, title: "Malformed", detail: "`reason` is missing.")
        problem.field = "reason"
        #expect(
            ProblemText.lines(ClientError.refused(problem)) { hint($0, Cancel.self) }.last
                == "  Field: reason (here: --reason)")
    }

    @Test func `when the daemon ended it is said how to go on`() {
        #expect(
            ProblemText.lines(ClientError.ended(during: "import")) == [
                "The daemon ended before it answered to the end.",
                "  When it runs again, repeat the same command; nothing is doubled.",
            ])
        #expect(
            ProblemText.lines(ClientError.ended(during: "verify")).last == "  When it runs again, repeat the command.")
        #expect(ExitStatus(ClientError.ended(during: nil)) == .unreachable)
    }

    @Test func `every error has its exit status`() {
        let problem = Problem(status: 409, title: "x")
        #expect(ExitStatus(ClientError.refused(problem)) == .refused)
        #expect(ExitStatus(UsageError("x")) == .usage)
        #expect(ExitStatus(ClientError.badSocketPath("x")) == .usage)
        #expect(ExitStatus(ClientError.notPermitted(problem)) == .notPermitted)
        #expect(ExitStatus(ClientError.unreachable(path: "x", why: "y")) == .unreachable)
        #expect(ExitStatus(ClientError.lost(key: nil, why: "x")) == .unreachable)
        #expect(ExitStatus(ClientError.damaged("x")) == .damaged)
        #expect(ExitStatus(ClientError.refused(problem.typed("urn:daybook:problem:damaged"))) == .damaged)
        #expect(
            [ExitStatus.done, .refused, .usage, .notPermitted, .unreachable, .damaged].map(\.rawValue) == [
                0, 1, 2, 3, 4, 5,
            ])
    }

    @Test func `JSON made by hand is JSON`() throws {
        #expect(JobRequest.quoted("a\"b\\c\n\u{1}é") == #""a\"b\\c\n\u0001é""#)
        var request = JobRequest()
        request.add("a", "x")
        request.add("b", true)
        #expect(String(decoding: request.bytes, as: UTF8.self) == #"{"a":"x","b":true}"#)
    }
}
