import Schema
import SwiftProtobuf

/// What is written in notes and beside money at the large clinic.
enum LargeTexts {
    private static let said = [
        "Reports a better week; slept through on most nights.",
        "Argued with the partner on Sunday and withdrew for a day.",
        "Worries about work returned after the review.", "Went to the gathering that was avoided last month.",
        "Describes the mood as flat, appetite as usual.", "Used the breathing exercise twice on the train.",
        "Mother's illness weighs on the evenings.", "Proud of having said no to the extra shift.",
    ]
    private static let seen = [
        "Oriented, calm, speech even.", "Tired, but present; eye contact throughout.",
        "Tearful at first, settled later.",
        "Laughs more easily than before.", "Restless hands, quick speech.", "Affect matches what is told.",
    ]
    private static let thought = [
        "Avoidance decreases; graded exposure works as planned.", "Low mood persists without thoughts of self-harm.",
        "Grief takes its course; no complication seen.", "Boundaries towards the family become firmer.",
        "Anxiety is maintained by checking; insight is growing.",
    ]
    private static let planned = [
        "Continue weekly; thought record until next time.", "Two steps of the hierarchy before the next session.",
        "Sleep diary; talk about medication with the general practitioner.", "Plan the visit home in detail next time.",
        "Review of goals in four weeks.",
    ]

    static func soap(_ random: inout SeededRandom) -> [NoteSection] {
        [
            section("subjective", "\(random.pick(said)) \(random.pick(said))"),
            section("objective", random.pick(seen)), section("assessment", random.pick(thought)),
            section("plan", random.pick(planned)),
        ]
    }

    static func free(_ random: inout SeededRandom) -> [NoteSection] {
        [section("text", "\(random.pick(said)) \(random.pick(seen)) \(random.pick(thought)) \(random.pick(planned))")]
    }

    static let addendum = [
        "The client called back and corrected the date of the move.", "Letter of the clinic received.",
    ]
    static let waived = ["First time in a year.", "Was in hospital.", "The line was down on our side."]
    static let discount = ["Sliding scale agreed at intake.", "Student rate."]
    static let refund = ["Paid twice by mistake.", "Asked to have the rest back."]
    static let credited = ["Charged to the wrong account.", "The session was cut short by us."]
    static let payers = [
        "Meridian Health Plan", "Northern Mutual", "County Assistance", "Harbor Employees' Fund", "Alma Trust",
    ]

    private static func section(_ name: String, _ text: String) -> NoteSection {
        .with {
            $0.name = name
            $0.text = text
        }
    }
}
