import ArgumentParser

/// How many events a log is to have before it is measured, from the least to the greatest.
struct LogSizes {
    let all: [UInt64]

    /// Reads `10000,1000000`.
    init(_ text: String) throws {
        all = text.split(separator: ",", omittingEmptySubsequences: false).map { UInt64($0) ?? 0 }
        guard let first = all.first, first > 0, zip(all, all.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ValidationError("--events takes numbers that grow, such as 10000,1000000.")
        }
    }
}
