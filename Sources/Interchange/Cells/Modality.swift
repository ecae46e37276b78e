/// How client and therapist meet.
public enum Modality: String, Sendable, Hashable, Codable, CaseIterable {
    case inPerson = "in_person"
    case online
    case phone
    case homeVisit = "home_visit"
    case outreach

    /// Nil for an empty cell.
    static func read(_ text: String) throws(BadReason) -> Modality? {
        if text.isEmpty { return nil }
        guard let modality = words[text.wordKey] else { throw .unknownModality }
        return modality
    }

    private static let words: [String: Modality] = {
        let words: [Modality: [String]] = [
            .inPerson: [
                "inperson", "facetoface", "f2f", "ftf", "onsite", "office", "inoffice", "clinic", "inclinic", "inhouse",
                "live",
            ],
            .online: [
                "online", "video", "videocall", "telehealth", "remote", "virtual", "zoom", "teletherapy", "webcam",
                "teams", "googlemeet",
            ],
            .phone: ["phone", "telephone", "phonecall", "call", "audio", "byphone"],
            .homeVisit: ["homevisit", "home", "athome", "domiciliary"],
            .outreach: ["outreach", "community", "school", "offsite", "field"],
        ]
        return Dictionary(words.flatMap { modality, words in words.map { ($0, modality) } }) { first, _ in first }
    }()
}
