import Foundation
import TestKit
import Testing

extension EndToEnd {
    struct SecretScanTests {
        /// What nobody may find: each is long enough to be found by no accident.
        static let secrets = [
            "Quillfeather", "Zebulonia", "zebulonia.q@nowhere.example", "+15550172839", "Marzipan Crescent 77",
            "afraid of lighthouses", "1987-06-05",
        ]

        private func commandLines() throws -> [UInt8] {
            var all: [UInt8] = []
            for pid in try FileManager.default.contentsOfDirectory(atPath: "/proc") where Int(pid) != nil {
                all += FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            }
            return all
        }

        @Test func `nothing that is private lies anywhere in clear, and what does is found`() throws {
            let clinic = try SmallClinic(RunningDaemon())
            let daemon = clinic.daemon
            try daemon.done("AssignRole", #"{"staff":1,"role":"practice_manager"}"#)
            let client = try daemon.done(
                "RegisterClient",
                #"{"givenName":"Zebulonia","familyName":"Quillfeather","dateOfBirth":"1987-06-05","#
                    + #""email":"zebulonia.q@nowhere.example","phone":"+15550172839","#
                    + #""address":"Marzipan Crescent 77","remark":"afraid of lighthouses"}"#)
            try daemon.done(
                "AssignCareTeamMember", #"{"client":\#(client),"staff":\#(clinic.therapist),"role":"primary"}"#)
            let text = #"{"text":"quillf"}"#
            let found = try daemon.request("POST", "/v1/queries/FindClients", body: Array(text.utf8))
            #expect(found.text.contains("Quillfeather"))
            #expect(
                try daemon.command("RegisterClient", #"{"givenName":"Zebulonia","birth":"1987-06-05"}"#).status == 400)
            let scan = SecretScan(secrets: Self.secrets)
            #expect(scan.findings(below: daemon.folder.path) == [])
            #expect(scan.findings(below: "/tmp", newerThan: daemon) == [])
            #expect(scan.found(in: try commandLines()) == [])
            #expect(daemon.stop().status == 0)
            #expect(scan.findings(below: daemon.folder.path) == [])
            let planted = daemon.folder.child("planted")
            try Data(SecretScan.Form.utf16BigEndian.planted("a remark: Afraid Of Lighthouses", lead: 0))
                .write(to: URL(fileURLWithPath: planted))
            #expect(scan.findings(below: daemon.folder.path) == ["\(planted): afraid of lighthouses"])
        }

        @Test(arguments: SecretScan.Form.allCases)
        func `a secret is found in each form it may lie in`(_ form: SecretScan.Form) {
            let scan = SecretScan(secrets: ["Quillfeather"])
            for lead in 0..<3 {
                let bytes = Array(repeating: UInt8(ascii: "."), count: lead) + form.planted("quillFEATHER", lead: lead)
                #expect(scan.found(in: bytes + [0, 1, 2]) == ["Quillfeather"], "\(form), \(lead)")
            }
        }
    }
}
