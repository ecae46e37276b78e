import Schema

/// A request as the fuzzer writes it: the name of a command or query on the first line, its body below.
struct RequestInput {
    let type: RequestType
    let body: [UInt8]

    private static let types = Requests.commands + Requests.queries
    private static let byName = Dictionary(uniqueKeysWithValues: types.map { (Array($0.name.utf8), $0) })

    init(_ bytes: [UInt8]) {
        let name = Array(bytes.prefix { $0 != UInt8(ascii: "\n") })
        // Any first line names one, so that a changed letter leads to another request and not to none.
        type = Self.byName[name] ?? Self.types[name.reduce(0) { $0 &+ Int($1) } % Self.types.count]
        body = Array(bytes.dropFirst(name.count + 1))
    }
}
