import DaybookClient
import Foundation
import Testing

@testable import daybook

struct OfflineReportTests {
    @Test func `what a child says comes through however it is cut`() {
        let said: [OfflineFinding] = [
            .progress(permille: 250, step: "position 1000"), .fault("page 7, \"quoted\""), .summary("4 events."),
        ]
        let bytes = Data(said.flatMap { $0.line + [0x0A] })
        for cut in 0...bytes.count {
            var lines = OutputLines()
            var report = OfflineReport()
            for line in lines.lines(adding: bytes.prefix(cut)) + lines.lines(adding: bytes.dropFirst(cut)) {
                _ = report.read(line)
            }
            #expect(report.faults == ["page 7, \"quoted\""] && report.summary == "4 events.")
            #expect(report.lastStep == "position 1000")
        }
    }

    @Test func `what is no line of the child is passed over`() {
        var report = OfflineReport()
        #expect(report.read(Array("oops".utf8)) == nil)
        #expect(
            report.read(Array(#"{"step":"x","progressPermille":99999999}"#.utf8))
                == WorkProgress(permille: 1_000, step: "x"))
        #expect(report.faults.isEmpty)
    }
}
