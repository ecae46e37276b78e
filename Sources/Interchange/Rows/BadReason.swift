import Timetable

/// Why one row of a sheet cannot be read. The list is closed; every case has its words.
public enum BadReason: Error, Sendable, Hashable {
    case tooFewCells
    case tooManyCells
    case noReference
    case unusableReference
    case referenceUsedTwice

    case noName
    case noSuchDateOfBirth
    case bornInTheFuture

    case noClient
    case unknownClient
    case clientNotReadable
    case noTherapist
    case unknownTherapist
    case noDate
    case noSuchDate
    case noTime
    case noSuchTime
    case timeWithoutHalf
    /// The clock jumped over this time; the last minute before and the first after.
    case skippedTime(before: LocalDateTime, after: LocalDateTime)
    case outOfRange
    case noLength
    case lengthNotANumber
    case negativeLength
    case zeroLength
    /// Longer than any session may be, in minutes.
    case tooLong(most: Int)
    case unknownStatus
    case unknownModality
    case priceNotANumber
    case priceDecimals
    case negativePrice
    case priceTooLarge
}

extension BadReason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooFewCells: "too few cells"
        case .tooManyCells: "too many cells"
        case .noReference: "no reference"
        case .unusableReference: "reference is too long or has control characters"
        case .referenceUsedTwice: "reference used twice"
        case .noName: "no name"
        case .noSuchDateOfBirth: "no such date of birth"
        case .bornInTheFuture: "date of birth in the future"
        case .noClient: "no client"
        case .unknownClient: "unknown client"
        case .clientNotReadable: "the client's own row cannot be read"
        case .noTherapist: "no therapist"
        case .unknownTherapist: "unknown therapist"
        case .noDate: "no date"
        case .noSuchDate: "no such date"
        case .noTime: "no time"
        case .noSuchTime: "no such time"
        case .timeWithoutHalf: "time without AM or PM"
        case .skippedTime(let before, let after):
            "the clock skips this time, going from \(before.time) to \(after.time)"
        case .outOfRange: "too far away in time"
        case .noLength: "no length"
        case .lengthNotANumber: "length is not a number"
        case .negativeLength: "negative length"
        case .zeroLength: "zero length"
        case .tooLong(let most): "longer than \(most) minutes"
        case .unknownStatus: "unknown status"
        case .unknownModality: "unknown modality"
        case .priceNotANumber: "price is not a number"
        case .priceDecimals: "price has too many decimals, or a mark between thousands that could be one"
        case .negativePrice: "negative price"
        case .priceTooLarge: "price is too large"
        }
    }
}

/// A row that was left out, and why. Of several faults the first from left to right in the book's order is named.
public struct BadRow: Sendable, Hashable {
    public let sheet: SheetKind
    /// Nil where the row has none that can be shown.
    public let reference: String?
    public let line: Int
    public let reason: BadReason

    /// The reference, or the line where there is none.
    public var name: String { reference ?? "line \(line)" }
}
