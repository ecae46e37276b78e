import TestKit
import Testing

extension EndToEnd {
    struct WeekTests {
        @Test func `a week in a small practice: the books, the history and the audit trail agree at every step`() throws
        {
            let week = try PracticeWeek()
            try week.expect(Stand())
            let held = try sessions(in: week)
            try week.expect(Stand(uninvoiced: 360_00))
            try notes(of: held, in: week)
            try week.expect(Stand(uninvoiced: 360_00))
            let fee = try missed(in: week)
            try week.expect(Stand(uninvoiced: 360_00, proposed: 60_00))
            try money(fee, in: week)
            try week.expectSound()
            // What was read from files made anew, and after a start.
            try week.expect(Stand(open: 155_00))
            week.daemon.stop()
            try week.daemon.start()
            try week.expect(Stand(open: 155_00))
        }

        @Test func `who types is told what was charged, and what is open again`() throws {
            let week = try PracticeWeek()
            let held = try week.done(
                .therapist, "BookAppointment", week.booking(week.time(days: -3, at: "10:00"), afterwards: true))
            let recorded = try week.daybook(.therapist, ["record", "\(held)"])
            #expect(
                recorded.output.firstMatch(of: /Recorded: appointment \d+\.\n  Charged: charge \d+\.\n/) != nil,
                "\(recorded)")
            let late = try week.done(.desk, "BookAppointment", week.booking(week.time(minutes: 180)))
            let cancelled = try week.daybook(
                .desk, ["cancel", "\(late)", "--by", "client", "--reason", "client-schedule"])
            #expect(cancelled.output.contains("  It counts as late.\n  A fee is proposed: charge "), "\(cancelled)")
            let draft = try week.done(.biller, "DraftInvoice", #"{"client":\#(week.client)}"#)
            #expect(try week.daybook(.biller, ["invoice"]).output.contains("120.00 USD  draft"))
            _ = try week.done(.biller, "IssueInvoice", #"{"invoice":\#(draft)}"#)
            let paid = try week.done(.desk, "RecordPayment", payment(120_00, "card", week))
            let bounced = try week.daybook(.biller, ["payment", "reverse", "\(paid)", "--reason", "bounced"])
            #expect(bounced.output.contains("  Open again: INV-"), "\(bounced)")
            let history = try week.daybook(.owner, ["history", "\(week.client)"])
            #expect(history.output.contains("price 120.00 USD"))
        }

        /// Two that are entered afterwards, and one that is held now.
        private func sessions(in week: PracticeWeek) throws -> [UInt64] {
            var held: [UInt64] = []
            for day in [-3, -2] {
                let start = week.time(days: day, at: "10:00")
                let booked = try week.step(
                    .therapist, "BookAppointment", week.booking(start, afterwards: true), ["AppointmentBooked"])
                let id = try #require(booked.number("id"))
                try week.step(
                    .therapist, "RecordSession", #"{"appointment":\#(id)}"#,
                    ["SessionRecordedRetrospectively", "ChargePosted"])
                held.append(id)
            }
            try week.expect(Stand(uninvoiced: 240_00))
            let booked = try week.step(
                .desk, "BookAppointment", week.booking(week.time(minutes: 10)), ["AppointmentBooked"])
            let id = try #require(booked.number("id"))
            // A note may be begun before its session, and is signed when there has been one.
            let started = try week.step(.therapist, "StartNote", #"{"appointment":\#(id)}"#, ["NoteStarted"])
            let note = try #require(started.number("id"))
            try week.step(
                .therapist, "SaveNoteDraft", #"{"note":\#(note),"base":0,"sections":[\#(PracticeWeek.sections)]}"#,
                ["NoteDraftSaved"])
            try week.refused(.therapist, "SignNote", #"{"note":\#(note),"revision":1}"#, "rule:INV-NOTE-16")
            let about = #"{"appointment":\#(id)}"#
            try week.step(.desk, "CheckInClient", about, ["ClientCheckedIn"])
            try week.step(.therapist, "StartSession", about, ["SessionStarted"])
            let ended = try week.step(.therapist, "EndSession", about, ["SessionEnded", "ChargePosted"])
            #expect(ended.number("charge") == ended.number("position"))
            try week.step(.therapist, "SignNote", #"{"note":\#(note),"revision":1}"#, ["NoteSigned"])
            return held
        }

        /// Each session has a signed note, one of them an addendum; nobody else writes them.
        private func notes(of sessions: [UInt64], in week: PracticeWeek) throws {
            for appointment in sessions {
                let started = try week.step(
                    .therapist, "StartNote", #"{"appointment":\#(appointment)}"#, ["NoteStarted"])
                let note = try #require(started.number("id"))
                let text = #"{"note":\#(note),"base":0,"sections":[\#(PracticeWeek.sections)]}"#
                try week.refused(.owner, "SaveNoteDraft", text, "problem:not-permitted")
                try week.step(.therapist, "SaveNoteDraft", text, ["NoteDraftSaved"])
                try week.refused(.therapist, "SaveNoteDraft", text, "problem:changed")
                let sign = #"{"note":\#(note),"revision":1}"#
                try week.refused(.desk, "SignNote", sign, "problem:not-permitted")
                try week.step(.therapist, "SignNote", sign, ["NoteSigned"])
                try week.refused(
                    .therapist, "SaveNoteDraft", #"{"note":\#(note),"base":1,"sections":[]}"#, "rule:INV-NOTE-04")
                if appointment == sessions.first {
                    try week.step(
                        .therapist, "AddAddendum", #"{"note":\#(note),"text":"And more.","reason":"Forgotten"}"#,
                        ["NoteAddendumSigned"])
                }
            }
            #expect(try week.ask("NoteQueue", #"{"staff":\#(week.id(.therapist))}"#, as: .therapist).rows.isEmpty)
            let chart = try week.ask("Chart", #"{"client":\#(week.client)}"#, as: .therapist).rows
            let notes = chart.flatMap { $0["notes"] as? [[String: Any]] ?? [] }
            #expect(notes.count == 3 && notes.allSatisfy { $0["standing"] as? String == "signed" })
            #expect(notes.reduce(0) { $0 + ($1["addenda"] as? Int ?? 0) } == 1)
        }

        /// A fee for a late cancellation is proposed; one for a no-show is, and is waived. The first's charge.
        private func missed(in week: PracticeWeek) throws -> UInt64 {
            let late = try week.step(
                .desk, "BookAppointment", week.booking(week.time(minutes: 180)), ["AppointmentBooked"])
            let cancelled = try week.step(
                .desk, "CancelAppointment",
                #"{"appointment":\#(try #require(late.number("id"))),"by":"client","reason":"client_schedule"}"#,
                ["AppointmentCancelled", "ChargePosted"])
            #expect(cancelled.json["late"] as? Bool == true)
            try week.expect(Stand(uninvoiced: 360_00, proposed: 60_00))
            let missed = try week.step(
                .therapist, "BookAppointment", week.booking(week.time(days: -1, at: "15:00"), afterwards: true),
                ["AppointmentBooked"])
            let marked = try week.step(
                .desk, "MarkNoShow", #"{"appointment":\#(try #require(missed.number("id")))}"#,
                ["AppointmentMarkedNoShow", "ChargePosted"])
            try week.expect(Stand(uninvoiced: 360_00, proposed: 180_00))
            let fee = try #require(marked.number("charge"))
            try week.refused(.desk, "WaiveFee", #"{"charge":\#(fee),"reason":"Ill"}"#, "problem:not-permitted")
            try week.step(.therapist, "WaiveFee", #"{"charge":\#(fee),"reason":"Ill"}"#, ["FeeWaived"])
            return try #require(cancelled.number("charge"))
        }

        /// A partial payment, one that is too much, a refund, one that bounces, and the fee paid from what is left.
        private func money(_ fee: UInt64, in week: PracticeWeek) throws {
            let drafted = try week.step(.desk, "DraftInvoice", #"{"client":\#(week.client)}"#, ["InvoiceDrafted"])
            let invoice = try #require(drafted.number("id"))
            // What it will come to is seen before it is issued for ever.
            let draft = try week.ask("ShowInvoice", #"{"invoice":\#(invoice)}"#, as: .biller).json["row"]
            let total = (draft as? [String: Any])?["total"] as? [String: Any]
            #expect(total?["minor"] as? Int == 360_00)
            try week.refused(.desk, "IssueInvoice", #"{"invoice":\#(invoice)}"#, "problem:not-permitted")
            let issued = try week.step(.biller, "IssueInvoice", #"{"invoice":\#(invoice)}"#, ["InvoiceIssued"])
            #expect(issued.text("number")?.hasSuffix("-000001") == true)
            try week.expect(Stand(open: 360_00, proposed: 60_00))

            let first = try week.step(
                .desk, "RecordPayment", payment(100_00, "card", week), ["PaymentRecorded", "PaymentAllocated"])
            try week.expect(Stand(open: 260_00, proposed: 60_00))
            let second = try week.step(
                .desk, "RecordPayment", payment(280_00, "transfer", week), ["PaymentRecorded", "PaymentAllocated"])
            try week.expect(Stand(credit: 20_00, proposed: 60_00))

            let more =
                #"{"payment":\#(try #require(second.number("id"))),"amount":\#(week.usd(20_01)),"reason":"Paid too much"}"#
            try week.refused(.biller, "IssueRefund", more, "rule:INV-PAY-06")
            try week.step(
                .biller, "IssueRefund", more.replacing(week.usd(20_01), with: week.usd(15_00)), ["RefundIssued"])
            try week.expect(Stand(credit: 5_00, proposed: 60_00))
            try week.step(
                .biller, "ReversePayment", #"{"payment":\#(try #require(first.number("id"))),"reason":"bounced"}"#,
                ["AllocationReversed", "PaymentReversed"])
            try week.expect(Stand(open: 100_00, credit: 5_00, proposed: 60_00))

            let another = try week.step(
                .biller, "DraftInvoice", #"{"client":\#(week.client),"charges":[\#(fee)]}"#, ["InvoiceDrafted"])
            let last = try week.step(
                .biller, "IssueInvoice", #"{"invoice":\#(try #require(another.number("id"))),"useCredit":true}"#,
                ["InvoiceIssued", "PaymentAllocated"])
            #expect(last.text("number")?.hasSuffix("-000002") == true)
            try week.expect(Stand(open: 155_00))
        }

        private func payment(_ minor: Int, _ method: String, _ week: PracticeWeek) -> String {
            #"{"client":\#(week.client),"amount":\#(week.usd(minor)),"method":"\#(method)"}"#
        }
    }
}
