/// `daybook do BookAppointment --help` asks about the command of the schema, not about `do`.
enum HelpRequest {
    static func rewritten(_ arguments: [String]) -> [String] {
        guard arguments.contains("--help") || arguments.contains("-h"), let verb = arguments.firstIndex(of: "do"),
            arguments[..<verb].allSatisfy({ $0.hasPrefix("-") }),
            let name = arguments[(verb + 1)...].first(where: { !$0.hasPrefix("-") })
        else { return arguments }
        return ["help", name]
    }
}
