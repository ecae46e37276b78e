import DaybookClient

/// A refusal as lines: what, why, by which rule, and then each fact on its own.
enum ProblemText {
    /// - Parameter hint: What to say beside the name of a field.
    static func lines(
        _ problem: Problem, isColoured: Bool = false, hint: (String) -> String? = { _ in nil }
    ) -> [String] {
        var lines = [Style.red.applied(to: problem.title.printable, when: isColoured)]
        if !problem.detail.isEmpty { lines.append("  " + problem.detail.printable) }
        if let rule = problem.rule { lines.append("  Rule: \(rule.printable)") }
        if let field = problem.field {
            lines.append("  Field: \(field.printable)\(hint(field).map { " (\($0))" } ?? "")")
        }
        lines += problem.conflicts.map { "  In the way: appointment \($0)" }
        lines += problem.classes.map { "  Conflict: \($0.printable)" }
        // Beside a time that the clock jumps over stand those that there are, free or not.
        let label = problem.rule == "INV-SCHED-23" ? "There is" : "Free"
        lines += problem.nearest.map { "  \(label): \($0.printable.replacing("T", with: " "))" }
        lines += problem.candidates.map { "  Possibly the same person: client \($0)" }
        lines += problem.affected.map { "  Affected: appointment \($0)" }
        lines += problem.involved.map { "  In the way: \($0)" }
        if let changed = problem.changed { lines.append("  Last change: position \(changed)") }
        if let revision = problem.revision { lines.append("  Present revision: \(revision)") }
        if let autosave = problem.autosave, autosave > 0 { lines.append("  Saved by an editor since: \(autosave)") }
        if let permille = problem.progressPermille { lines.append("  Progress: \(permille / 10) %") }
        return lines
    }

    static func lines(
        _ error: ClientError, isColoured: Bool = false, hint: (String) -> String? = { _ in nil }
    ) -> [String] {
        switch error {
        case .refused(let problem), .notPermitted(let problem):
            return Self.lines(problem, isColoured: isColoured, hint: hint)
        case .unreachable(let path, let why):
            return [
                "The daemon does not answer at \(path.printable): \(why).",
                "  Is daybookd running, and may you open its socket?",
            ]
        case .lost(let key?, let why):
            return [
                "No answer: \(why).", "  Whether the command was carried out is not known. To find out, repeat it with",
                "  --key \(key); that does nothing twice.",
            ]
        case .lost(nil, let why): return ["No answer: \(why)."]
        case .ended(let job): return ["The daemon ended before it answered to the end.", "  " + again(job)]
        case .badSocketPath(let why): return [why.printable.capitalizedFirst + "."]
        case .notUnderstood(let why): return [why.capitalizedFirst + (why.hasSuffix("?") ? "" : ".")]
        case .damaged(let what): return [Style.red.applied(to: "Damage found: \(what.printable)", when: isColoured)]
        }
    }

    /// What to do when the daemon ended.
    private static func again(_ job: String?) -> String {
        switch job {
        case nil: "When it runs again, go on after the last event with --after and its position."
        case "import"?: "When it runs again, repeat the same command; nothing is doubled."
        default: "When it runs again, repeat the command."
        }
    }

    static func lines(_ error: UsageError) -> [String] {
        [error.description.printable] + error.choices.map { "  " + $0.printable }
    }
}

extension String {
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
