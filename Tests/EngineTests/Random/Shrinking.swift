/// Leaves out what a failure does not need: halves first, then ever smaller parts, as long as it still fails.
func shrunk<Element>(
    _ list: [Element], attemptsMax: Int, stillFails: ([Element]) async throws -> Bool
) async throws -> [Element] {
    var list = list
    var parts = 2
    var attempts = 0
    while list.count > 1, attempts < attemptsMax {
        let length = (list.count + parts - 1) / parts
        var hasShrunk = false
        var start = 0
        while start < list.count, attempts < attemptsMax {
            let without = Array(list[..<start] + list[min(start + length, list.count)...])
            attempts += 1
            if !without.isEmpty, try await stillFails(without) {
                list = without
                hasShrunk = true
            } else {
                start += length
            }
        }
        if !hasShrunk, length == 1 { break }
        parts = hasShrunk ? max(2, parts - 1) : min(parts * 2, list.count)
    }
    return list
}
