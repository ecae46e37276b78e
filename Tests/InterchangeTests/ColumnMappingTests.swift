import Testing

@testable import Interchange

@Suite struct ColumnMappingTests {
    @Test func `headings are known in many spellings`() throws {
        let headers = [
            ["File no", "First name", "Last name", "DOB"], ["client_id", "GIVEN NAMES", "Surname", "Date of Birth"],
            ["Chart #", "Forename", "family-name", "birth date"], ["MRN", "first_name", "last_name", "D.O.B."],
            ["Patient Number", "Given", "Last", "Birthday"],
        ]
        for header in headers {
            let mapping = try ColumnMapping<ClientColumn>(header)
            #expect(mapping.headings[.reference] == header[0])
            #expect(mapping.headings[.firstName] == header[1])
            #expect(mapping.headings[.lastName] == header[2])
            #expect(mapping.headings[.dateOfBirth] == header[3])
        }
    }

    @Test func `no heading means two columns of one sheet`() {
        func check<Column: SheetColumn>(_ type: Column.Type) {
            var seen: [String: Column] = [:]
            for column in Column.allCases {
                for heading in column.headings {
                    #expect(seen[heading] == nil, "\(heading)")
                    #expect(HeadingKey.of(heading) == heading, "never reached")
                    seen[heading] = column
                }
            }
        }
        check(ClientColumn.self)
        check(AppointmentColumn.self)
    }

    @Test func `missing columns are named, and what was found is listed`() {
        let refusal = ImportRefusal.missingColumns(
            sheet: .clients, missing: ["lastName", "dateOfBirth"], found: ["ID", "First name", "Shoe size"])
        #expect(throws: refusal) { try ColumnMapping<ClientColumn>(["ID", "First name", "Shoe size", ""]) }
        #expect(refusal.description.contains("lastName, dateOfBirth") && refusal.description.contains("Shoe size"))
    }

    @Test func `a first line of which little is known is not repeated, for it may be a person`() {
        // "Attended" is a heading too, and so is "Phone".
        let row = ["A1", "Ann Berg", "Dr Kay", "2025-03-04", "09:00", "attended", "phone", "50"]
        let missing = ["reference", "client", "therapist", "date", "start", "minutes"]
        let refusal = ImportRefusal.missingColumns(sheet: .appointments, missing: missing, found: [])
        #expect(throws: refusal) { try ColumnMapping<AppointmentColumn>(row) }
        let unknown = ImportRefusal.unknownHeading(sheet: .appointments, column: "client", heading: "Who", found: [])
        #expect(throws: unknown) { try ColumnMapping<AppointmentColumn>(row, declared: ["client": "Who"]) }
        for refusal in [refusal, unknown] {
            #expect(refusal.description.contains("is the line of headings missing?"))
        }
    }

    @Test func `two headings for one column are refused until one is declared`() throws {
        let header = ["File no", "Client ID", "Name", "DOB"]
        #expect(
            throws: ImportRefusal.ambiguousColumn(
                sheet: .clients, column: "reference", headings: ["File no", "Client ID"])
        ) { try ColumnMapping<ClientColumn>(header) }
        let mapping = try ColumnMapping<ClientColumn>(header, declared: ["reference": "client id"])
        #expect(mapping.headings[.reference] == "Client ID")
        #expect(mapping.ignored == ["File no"])
    }

    @Test func `a declared heading is not guessed for anything else`() throws {
        let mapping = try ColumnMapping<ClientColumn>(
            ["ID", "Name", "DOB", "Therapist", "Key worker"], declared: ["remarks": "Therapist"])
        #expect(mapping.headings[.remarks] == "Therapist")
        #expect(mapping.headings[.therapist] == "Key worker")
    }

    @Test func `a column can be declared absent, but not every one`() throws {
        let mapping = try ColumnMapping<ClientColumn>(["ID", "Name"], declared: ["dateOfBirth": nil])
        #expect(!mapping.has(.dateOfBirth))
        #expect(
            throws: ImportRefusal.missingColumns(sheet: .clients, missing: ["reference"], found: ["ID", "Name", "DOB"])
        ) {
            try ColumnMapping<ClientColumn>(["ID", "Name", "DOB"], declared: ["reference": nil])
        }
    }

    @Test func `a declaration that fits nothing is refused`() {
        #expect(
            throws: ImportRefusal.unknownHeading(
                sheet: .clients, column: "email", heading: "X", found: ["ID", "Name", "DOB"])
        ) { try ColumnMapping<ClientColumn>(["ID", "Name", "DOB"], declared: ["email": "X"]) }
        #expect(throws: (ImportRefusal).self) {
            try ColumnMapping<ClientColumn>(["ID", "Name", "DOB"], declared: ["shoes": "Name"])
        }
    }

    @Test func `a heading that stands twice is refused only where it matters`() throws {
        #expect(throws: ImportRefusal.ambiguousColumn(sheet: .clients, column: "email", headings: ["Email", "Email"])) {
            try ColumnMapping<ClientColumn>(["ID", "Name", "DOB", "Email", "Email"])
        }
        #expect(try ColumnMapping<ClientColumn>(["ID", "Name", "DOB", "X", "X"]).ignored == ["X", "X"])
    }

    @Test func `a first line without headings is not repeated, for it may be a person`() {
        let refusal = ImportRefusal.noKnownHeading(sheet: .clients, cells: 3, separator: nil)
        #expect(throws: refusal) { try ColumnMapping<ClientColumn>(["17", "Ann", "Berg"]) }
        #expect(!refusal.description.contains("Berg"))
        #expect(throws: ImportRefusal.noKnownHeading(sheet: .clients, cells: 1, separator: "semicolons")) {
            try ColumnMapping<ClientColumn>(["ID;Name;DOB"])
        }
    }

    @Test func `a mapping file is read, and unknown names in it are refused by name`() throws {
        let json = #"""
            {"clients":{"reference":"No","dateOfBirth":null},"dateFormat":"D.M.YYYY","clock":"12-hour",
            "statuses":{"ok":"attended"}}
            """#
        let file = try MappingFile(json: Array(json.utf8))
        #expect(file.clients == ["reference": "No", "dateOfBirth": nil])
        #expect(file.clock == "12-hour")
        #expect(file.dateFormat == "D.M.YYYY" && file.statuses == ["ok": "attended"] && file.appointments.isEmpty)
        for (text, part) in [
            (#"{"client":{}}"#, "client is not known"), (#"{"clients":{"email":7}}"#, "clients.email"),
            ("[", "not JSON"),
            ("[]", "the whole"), ("", "not JSON"), (#"{"statuses":{"a":null}}"#, "statuses.a"),
        ] {
            do throws(ImportRefusal) {
                _ = try MappingFile(json: Array(text.utf8))
                Issue.record("\(text) was read")
            } catch {
                #expect(error.description.contains(part), "\(error)")
            }
        }
    }
}
