import DaybookClient
import Schema
import Testing

@testable import daybook

struct ReportViewTests {
    private func lines(_ json: String, hidden: Set<String> = []) throws -> [String] {
        ReportView.lines(try StrictJSON.parse(Array(json.utf8)), width: nil, hidden: hidden)
    }

    private func job(_ result: String) throws -> Job {
        try Job(Array(#"{"id":1,"state":"done","result":\#(result)}"#.utf8))
    }

    @Test func `a report has its values first, then pairs and tables`() throws {
        let json = """
            {"clients":90,"double_booked_room":[["A1","A22"],["A3","A4"]],"bad_rows":[["x","y"]],"isCut":false,
            "bad_row_places":[{"reference":"A9","reason":"no such date"}],"notes":[],"log":{"isSound":true}}
            """
        #expect(
            try lines(json, hidden: ["bad_rows"]) == [
                "  Clients  90", "  Cut      no", "  Notes    none", "", "Double booked room: 2", "  A1  A22",
                "  A3  A4", "",
                "Bad row places: 1", "  Reference  Reason", "  A9         no such date", "", "Log", "    Sound  yes",
            ])
    }

    @Test func `a list of results is one table`() throws {
        #expect(
            try lines(#"[{"view":"calendar","isEqual":true},{"view":"directory","isEqual":false}]"#) == [
                "View       Equal", "calendar   yes", "directory  no",
            ])
    }

    @Test func `damage and difference are told from health`() throws {
        #expect(try job(#"{"isSound":false}"#).findsDamage)
        #expect(try !job(#"{"isSound":true}"#).findsDamage)
        #expect(try job(#"[{"isEqual":true},{"isEqual":false}]"#).findsDifference)
        #expect(try !job(#"[{"isEqual":true}]"#).findsDifference)
    }
}
