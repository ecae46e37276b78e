import Schema

/// INV-CLI-05: whoever may be on file already is looked at first.
enum DuplicateRule {
    /// The clients that were found to be others, each once. An import lists candidates in its report instead.
    static func check(
        _ acknowledged: [UInt64], _ state: borrowing ClinicState, _ asked: Asked
    ) throws -> [UInt64] {
        try Fields.requireCount(acknowledged.count, "duplicatesAcknowledged", max: 100)
        try Fields.requireDistinct(acknowledged, "duplicatesAcknowledged")
        for (index, id) in acknowledged.enumerated() {
            _ = try state.client(id, field: "duplicatesAcknowledged[\(index)]")
        }
        let candidates = Set(asked.possibleDuplicates).subtracting(acknowledged).sorted()
        guard candidates.isEmpty || asked.isImport else {
            // Whoever may not know a client is not told which one it is.
            let known = candidates.filter(asked.knows)
            throw Refusal.rule(
                "INV-CLI-05", "Perhaps already on file",
                known.count == candidates.count
                    ? "Somebody on file has the same name and birth date, email or phone. Look at them first; when they are "
                        + "others, name them in `duplicatesAcknowledged`."
                    : "Somebody who is not in your care may have the same name and birth date, email or phone. Ask the front "
                        + "desk to look, and to register them."
            )
            .with {
                $0.field = "duplicatesAcknowledged"
                $0.candidates = known
            }
        }
        return acknowledged
    }
}
