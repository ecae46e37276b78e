/// Where a reader is in a document: member names and element numbers from the outside in.
struct FieldPath: Sendable {
    private enum Step {
        case member(String)
        case element(Int)
    }

    private var steps: [Step] = []

    mutating func enter(member: String) { steps.append(.member(member)) }
    mutating func enter(element: Int) { steps.append(.element(element)) }
    mutating func leave() { steps.removeLast() }

    /// As `hours[2].from`; empty at the root.
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .member(let name):
                if !text.isEmpty { text += "." }
                text += Self.shown(name)
            case .element(let index):
                text += "[\(index)]"
            }
        }
        return text
    }

    /// The path as the subject of a sentence.
    var subject: String { steps.isEmpty ? "The body" : "`\(text)`" }

    /// A member's name where it looks like one; what else was written there may be private and is not repeated.
    static func shown(_ name: String) -> String {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isName && !name.isEmpty && name.utf8.count <= 48 ? name : "?"
    }
}
