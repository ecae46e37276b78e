import Foundation

/// How long each thread of a process has been on a processor, in nanoseconds, by its name
/// and how much later than the process it was numbered.
struct ThreadTimes {
    private static let eventLoop = "event loop"
    private var ns: [String: UInt64] = [:]

    init(of processID: Int32) {
        let tasks = "/proc/\(processID)/task"
        for task in (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? [] {
            let name = Machine.text("\(tasks)/\(task)/comm").trimmingCharacters(in: .newlines)
            // Documentation/scheduler/sched-stats.rst: the first number is time spent on the cpu.
            let spent = Machine.text("\(tasks)/\(task)/schedstat").split(separator: " ").first.flatMap { UInt64($0) }
            // Pool threads share a name; the number tells them apart, as long as the process lives.
            let number = (Int32(task) ?? processID) - processID
            ns[name.hasPrefix("NIO-ELT") ? Self.eventLoop : "\(name) +\(number)", default: 0] += spent ?? 0
        }
    }

    /// What was spent since an earlier look: by all threads, by the event loops, and by the busiest of the others.
    func microseconds(since earlier: ThreadTimes) -> [(name: String, us: Double)] {
        let spent = ns.map { name, now in
            (name: name, us: Double(now - min(now, earlier.ns[name] ?? 0)) / 1_000)
        }
        return [
            ("all threads", spent.reduce(0) { $0 + $1.us }),
            (Self.eventLoop, spent.first { $0.name == Self.eventLoop }?.us ?? 0),
            ("busiest other thread", spent.filter { $0.name != Self.eventLoop }.map(\.us).max() ?? 0),
        ]
    }
}
