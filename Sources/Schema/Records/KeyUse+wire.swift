import Foundation

extension KeyUse {
    init(_ content: WireCursor) throws(WireFault) {
        self.init()
        var cursor = content
        while !cursor.isAtEnd {
            let (number, type) = try cursor.tag()
            switch number {
            case 1: keyID = Data(cursor.content(try cursor.lengthDelimited()))
            case 2: person = try cursor.varint()
            case 3: category = Category.Value(rawValue: Int(truncatingIfNeeded: try cursor.varint())) ?? .unspecified
            default: try cursor.skip(type)
            }
        }
    }
}
