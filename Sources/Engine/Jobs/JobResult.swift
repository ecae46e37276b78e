import Foundation

/// What a job found, as JSON whose members have one order: the same finding is the same text every time.
enum JobResult {
    static func json(_ finding: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(finding), as: UTF8.self)
    }
}
