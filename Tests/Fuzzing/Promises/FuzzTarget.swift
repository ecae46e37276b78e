/// A reader of bytes from outside, with what must hold whatever the bytes are.
///
/// Every input is read or refused by name; what is read comes back the same when it is written and read again; what is
/// refused is not repeated in the refusal. libFuzzer and the tests try the same promises.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// A line with a request's name, then its JSON.
    case json
    /// A line with a request's name, then its Protobuf.
    case protobuf
    /// Two sheets, a mapping file and a setting, each behind a line `%%`; see `SheetInput`.
    case sheets
    /// A record as the log keeps it.
    case records

    /// Which code reads.
    public enum Reader: Sendable {
        case daybook
        /// One with a fault of the kind that fuzzing is for, to show that it would be found.
        case faulty
    }

    /// Whether the bytes were read, rather than refused.
    ///
    /// - Throws: `BrokenPromise`.
    @discardableResult
    public func holds(for bytes: [UInt8], reader: Reader = .daybook) throws -> Bool {
        switch self {
        case .json: try JSONPromises.hold(for: RequestInput(bytes), reader)
        case .protobuf: try ProtobufPromises.hold(for: RequestInput(bytes), reader)
        case .sheets: try SheetPromises.hold(for: SheetInput(bytes), reader)
        case .records: try RecordPromises.hold(for: bytes, reader)
        }
    }
}

/// What did not hold, in a sentence.
public struct BrokenPromise: Error, CustomStringConvertible {
    public let description: String
}

func promise(_ holds: Bool, _ broken: @autoclosure () -> String) throws {
    guard holds else { throw BrokenPromise(description: broken()) }
}
