/// Something in what was typed, or in what surrounds it, that only the one who typed can mend.
struct UsageError: Error, Hashable, CustomStringConvertible {
    var description: String
    /// What there is to choose from, each on its line.
    var choices: [String] = []

    init(_ description: String, choices: [String] = []) {
        self.description = description
        self.choices = choices
    }
}
