import SwiftProtobuf

extension Message {
    /// What a command or a query is called in an address, `BookAppointment`: its message's name without the package.
    public static var requestName: String {
        // Asked of every command: no splitting, which allocates for each part.
        let full = protoMessageName
        return full.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(full[full.index(after: $0)...]) } ?? full
    }
}
