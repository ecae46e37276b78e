/// The names by which figures are found again for ratios and goals.
enum FigureName {
    static let rate = "bookings"
    static let p50 = "p50"
    static let p99 = "p99"
    static let p999 = "p99.9"
    static let disk = "disk, allocated"
    static let inTurn = "in turn, one by one"
    static let againstFloor = "booking against a raw commit and an empty round trip"
    static let rebuild = "rebuild, with the comparison by digest"
    static let allViews = "all read models"
    static let replay = "plain replay: every record seen, bookings decoded and folded"
    static let events = "events"
    static let memory = "memory"
    static let anonymous = "RssAnon"
    static let freeSlots = "free slots of 50 therapists, 14 days"
    static let accepted = "exec to the first accepted command"
    static let processor = "processor time of one, all threads"

    static func bookings(_ contestant: Contestant, _ connections: Int) -> String {
        "\(contestant.title): durable bookings, \(connections) connection\(connections == 1 ? "" : "s")"
    }

    static func week(_ contestant: Contestant, _ diary: DiaryKind, _ form: AnswerForm? = nil) -> String {
        "\(contestant.title): \(diary.title)" + (form.map { ", \($0.rawValue)" } ?? "")
    }

    static func start(_ ending: Ending) -> String { "start-up, \(ending.rawValue)" }
}
