import EventStore
import Schema

extension LogReader {
    /// The length of the prefix that was known at an instant: up to the greatest position recorded by then that ends a
    /// command.
    func position(asOfMs: Int64) throws -> UInt64 {
        var low: UInt64 = 0
        var high = size
        // Recorded time never goes back, so the first record after the instant is found by halving.
        while low < high {
            let middle = low + (high - low) / 2
            if try glance(middle).recordedAtMs <= asOfMs { low = middle + 1 } else { high = middle }
        }
        while low > 0, try !glance(low - 1).endsCommand { low -= 1 }
        return low
    }

    private func glance(_ position: UInt64) throws -> RecordView {
        guard let bytes = try log.record(at: position) else {
            throw LogError.outOfRange(requested: position, size: size)
        }
        return try RecordView(bytes)
    }
}
