/// Why a request could not be read: the place, and a sentence for the person who wrote it.
///
/// Neither holds any text of the request except names of its members, so that it can be answered and logged.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where, as `hours[2].from`; empty for the request as a whole.
    public var path: String
    /// What is wrong and what would be right, in one sentence.
    public var problem: String
    /// Byte offset into the body, where there is one.
    public var offset: Int?

    public init(path: String, problem: String, offset: Int? = nil) {
        self.path = path
        self.problem = problem
        self.offset = offset
    }

    public var description: String {
        guard let offset else { return problem }
        return "\(problem) (at byte \(offset))"
    }
}
