/// The length of an appointment.
enum Minutes {
    /// Whole minutes: `50`, `50 min`; at most `most`.
    static func read(_ text: String, most: Int) throws(BadReason) -> Int {
        if text.isEmpty { throw .noLength }
        let (number, unit) = text.splitNumber
        guard ["", "m", "min", "mins", "minute", "minutes"].contains(unit), let minutes = Int(number) else {
            throw .lengthNotANumber
        }
        if minutes < 0 { throw .negativeLength }
        if minutes == 0 { throw .zeroLength }
        guard minutes <= most else { throw .tooLong(most: most) }
        return minutes
    }
}

extension String {
    /// Digits with their sign, and the unit after them in lower case without its full stop.
    fileprivate var splitNumber: (number: String, unit: String) {
        let number = prefix { $0 == "-" || $0 == "−" || $0 == "+" || $0.isASCII && $0.isNumber }
        let unit = dropFirst(number.count).lowercased().filter { !$0.isWhitespace && $0 != "." }
        return (String(number).replacing("−", with: "-"), unit)
    }
}
