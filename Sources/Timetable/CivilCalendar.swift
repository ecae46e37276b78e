/// The proleptic Gregorian calendar as integer arithmetic.
///
/// Eras of 400 years and years that begin in March make leap days fall at the end, so that neither loops nor
/// tables are needed. Everything here is defined for the years that `LocalDate` admits.
enum CivilCalendar {
    static let minutesPerDay: Int64 = 1_440
    /// 0001-01-01 as days since 1970-01-01.
    static let firstDay = -719_162
    /// 9999-12-31 as days since 1970-01-01.
    static let lastDay = 2_932_896

    static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = floorDivide(marchYear, 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        // 146,097 days an era; 719,468 days from 0000-03-01 to 1970-01-01.
        return era * 146_097 + dayOfEra - 719_468
    }

    static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

/// The quotient rounded towards minus infinity; `divisor` must be positive.
@inline(__always)
func floorDivide<Number: SignedInteger & FixedWidthInteger>(_ value: Number, _ divisor: Number) -> Number {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
}

/// The remainder that belongs to `floorDivide`: never negative.
@inline(__always)
func floorModulo<Number: SignedInteger & FixedWidthInteger>(_ value: Number, _ divisor: Number) -> Number {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
}
