/// Names of people who do not exist.
enum Names {
    static let given = [
        "Alba", "Basil", "Cordelia", "Dashiell", "Elodie", "Fergus", "Ginevra", "Horace", "Imogen", "Jasper", "Kirsten",
        "Leopold", "Marisol", "Ned", "Ottilie", "Percival", "Renske", "Sybil", "Thaddeus", "Una", "Valentin",
        "Winifred",
        "Yolanda", "Zachary", "Ardis", "Bram", "Clio", "Desmond", "Effie", "Florian",
    ]

    static let family = [
        "Abernathy", "Beaumont", "Carmody", "Delacroix", "Eastwood", "Fairweather", "Gallagher", "Hawthorne", "Ilves",
        "Jardine", "Kingsley", "Lockhart", "Merriweather", "Northcote", "Ogilvie", "Pemberton", "Quimby", "Rutherford",
        "Sinclair", "Thackeray", "Underhill", "Vandermeer", "Whitcombe", "Yarrow", "Zeller", "Ormsby", "Treadwell",
        "Castellane", "Drummond", "Esterházy",
    ]

    /// As many as there are pairs that are not repeated.
    static let count = 900

    /// The same pair never comes twice below `count`.
    static func pair(_ index: Int) -> (given: String, family: String) {
        let row = index / family.count
        return (given[(index + row) % given.count], family[index % family.count])
    }
}

/// What people at the demo clinic write.
enum Sayings {
    static let override = [
        "The only hour the family can come together.", "Agreed with the therapist by phone.",
        "A hard week; an extra hour was promised.",
    ]
    static let joint = ["Joint session with a colleague.", "Handover in the client's presence."]
    static let mistaken = ["Entered for the wrong client.", "Entered twice by mistake."]
    static let retrospective = ["Came without an appointment; entered the day after.", "The line was down that day."]
    static let cancelled = [
        "Left a message on the machine.", "Has the flu.", "The car broke down.", "A deadline at work.", "School trip.",
    ]
    static let moved = ["Asked for another hour.", "A dentist's appointment that day.", "Shift at work was changed."]
    static let timeOff = ["Family visit.", "A course on trauma work.", "At the coast.", "Moving house."]
    static let place = [
        "At home, address on file.", "At work, a closed meeting room.", "At a friend's, address taken.",
    ]
    static let consent = ["Both parents, in writing.", "Mother, sole custody.", "Guardian, court order on file."]
    static let remark = ["Prefers mornings.", "Call the mobile, not the landline.", "Needs step-free access."]
    static let contact = [
        "Asked how to prepare for the next session.", "Reported a better week; sleeping through.",
        "School asks for a meeting; the client agrees.", "Worried after a row at home; no danger now.",
        "Asked for a letter to the employer.", "General practitioner changed the medication.",
    ]
    static let action = ["Bring it up next time.", "Call back on Thursday.", "Letter to be written.", "None."]
    static let with = ["the client", "mother", "school counsellor", "general practitioner", "partner"]
}
