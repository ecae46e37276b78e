import Foundation
import LMDBKit

/// The figures as Markdown.
enum Report {
    static func heading(_ machine: Machine, swift: String, commit: String, runs: Int, _ scale: Scale) -> String {
        let loads = scale.bookings.map { "\($0.count) over \($0.connections)" }.joined(separator: ", ")
        return """
            # Daybook, measured

            - date: \(Date().formatted(.iso8601))
            - commit: \(commit)
            - processor: \(machine.cpu), \(machine.cores) cores; load before the first run \(machine.load)
            - memory: \(machine.memoryMiB) MiB
            - kernel: \(machine.kernel); file system: \(machine.fileSystem)
            - swift: \(swift); lmdb: \(Environment.libraryVersion)
            - \(scale.therapists) therapists, \(scale.clients) clients; bookings of a run: \(loads) connections; \(runs) runs

            """
    }

    static func table(_ figures: Figures) -> String {
        var lines = ["| what | | median | least | greatest |", "|---|---|--:|--:|--:|"]
        var group = ""
        for figure in figures.all {
            let shown = figure.group == group ? "" : figure.group
            group = figure.group
            let isOne = figure.values.count == 1
            lines.append(
                "| \(shown) | \(figure.name) | \(text(figure.median)) \(figure.unit) "
                    + "| \(isOne ? "" : text(figure.least)) | \(isOne ? "" : text(figure.greatest)) |")
        }
        return lines.joined(separator: "\n")
    }

    static let notes = """

        The load generator is one thread on the same machine. Ratios come from raw commits, round trips and bookings that took
        turns one by one; on a busy machine they mean little all the same. A rebuild is timed with its comparison by digest. A
        virtual disk may acknowledge a write before it is safe.
        """

    /// Three digits or more, no exponent.
    private static func text(_ value: Double) -> String {
        switch abs(value) {
        case 100...: String(format: "%.0f", value)
        case 10...: String(format: "%.1f", value)
        case 1...: String(format: "%.2f", value)
        default: String(format: "%.3f", value)
        }
    }
}
