import Schema

extension Private {
    /// Its text, or why there is none.
    var shown: String {
        switch value {
        case .text(let text): text
        case .erased: "(erased)"
        case .unreadable: "(unreadable)"
        case .withheld, .sealed, .scratch, nil: ""
        }
    }
}

extension Role.Value {
    var word: String { "\(self)".spaced }
}

extension Modality.Value {
    var word: String { "\(self)".spaced }
}

extension AppointmentStatus.Value {
    var word: String { "\(self)".spaced }

    /// A sign for where there is no room for the word.
    var sign: String {
        switch self {
        case .confirmed: "✓"
        case .arrived: "→"
        case .inSession: "●"
        case .completed: "■"
        case .cancelled, .enteredInError, .declined, .released: "✗"
        case .noShow: "∅"
        default: ""
        }
    }
}

extension String {
    /// `inPerson` and `in_person` as `in person`.
    var spaced: String {
        reduce(into: "") { text, character in
            if character == "_" {
                text.append(" ")
            } else if character.isUppercase {
                text += " " + character.lowercased()
            } else {
                text.append(character)
            }
        }
    }
}

extension Money {
    /// As people write it; nothing where there is none.
    var shown: String { hasMinor ? MoneyText.text(self) : "" }
}

extension ClientRow {
    /// What the client is called, as far as the caller may see it.
    var name: String {
        [preferredName.shown.isEmpty ? givenName.shown : preferredName.shown, familyName.shown]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension AppointmentRow {
    /// The client's name, or number where the name may not be seen; of nobody whom the caller may know, that it is taken.
    var clientLabel: String {
        let name = [clientGivenName.shown, clientFamilyName.shown].filter { !$0.isEmpty }.joined(separator: " ")
        guard name.isEmpty else { return name }
        return clientNumber.isEmpty ? "(taken)" : clientNumber
    }
}
