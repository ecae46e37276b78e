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
