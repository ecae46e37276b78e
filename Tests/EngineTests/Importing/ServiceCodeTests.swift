import Testing

@testable import Engine

@Suite struct ServiceCodeTests {
    @Test func `a code is of letters and digits, and of at most 40 characters`() {
        #expect(ServiceCode.make(for: "  Séance Individuelle / 50 ", taken: []) == "seance-individuelle-50")
        #expect(ServiceCode.make(for: "???", taken: []) == "service")
        #expect(ServiceCode.make(for: String(repeating: "ab ", count: 50), taken: []).count <= 40)
    }

    @Test func `a taken code gets a number, and is still short enough`() {
        var taken: Set<String> = ["CBT"]
        for expected in ["cbt-2", "cbt-3", "cbt-4"] {
            let code = ServiceCode.make(for: "CBT", taken: taken)
            #expect(code == expected)
            taken.insert(code)
        }
        let long = String(repeating: "x", count: 60)
        var codes: Set<String> = []
        for _ in 0..<12 { codes.insert(ServiceCode.make(for: long, taken: codes)) }
        #expect(codes.count == 12 && codes.allSatisfy { $0.count <= 40 })
    }
}
