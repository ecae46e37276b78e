/// What a revision of a note says, whole: what its author's signature freezes.
public struct NoteContent: Hashable, Sendable {
    public struct Section: Hashable, Sendable {
        public var name: String
        public var text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// Of all sections together.
    public static let charactersMax = 12_000

    public var note: UInt64
    public var client: UInt64
    public var author: UInt64
    /// The session; nil for a contact.
    public var appointment: UInt64?
    /// Name and version.
    public var template: String
    /// YYYY-MM-DD.
    public var serviceDate: String
    /// Those that say something, in the template's order.
    public var sections: [Section]

    public init(note: UInt64, started: NoteStarted, sections: [Section]) {
        self.note = note
        client = started.client
        author = started.staff
        appointment = started.hasAppointment ? started.appointment : nil
        template = started.template
        serviceDate = started.serviceDate
        self.sections = sections
    }

    /// As it is sealed: JSON by RFC 8785, one form for each content, so that anyone can make the same bytes again.
    public var json: String {
        var members = [("author", String(author)), ("client", String(client)), ("note", String(note))]
        if let appointment { members.append(("appointment", String(appointment))) }
        members.append(("serviceDate", CanonicalText.quoted(serviceDate)))
        members.append(("template", CanonicalText.quoted(template)))
        let texts = sections.map { section in
            "{\"name\":\(CanonicalText.quoted(section.name)),\"text\":\(CanonicalText.quoted(section.text))}"
        }
        members.append(("sections", "[\(texts.joined(separator: ","))]"))
        // ASCII names sort by UTF-16 as by anything.
        let sorted = members.sorted { $0.0 < $1.0 }.map { "\"\($0.0)\":\($0.1)" }
        return "{\(sorted.joined(separator: ","))}"
    }

    /// Nil for what no note was ever saved as.
    public init?(json: String) {
        guard let value = try? StrictJSON.parse(Array(json.utf8)), case .object(let members) = value.content else {
            return nil
        }
        let named = Dictionary(members.map { ($0.name, $0.value.content) }) { first, _ in first }
        guard let note = Self.id(named["note"]), let client = Self.id(named["client"]),
            let author = Self.id(named["author"]), let template = Self.text(named["template"]),
            let date = Self.text(named["serviceDate"]), case .array(let sections)? = named["sections"]
        else { return nil }
        self.note = note
        self.client = client
        self.author = author
        appointment = Self.id(named["appointment"])
        self.template = template
        serviceDate = date
        self.sections = []
        for section in sections {
            guard case .object(let members) = section.content,
                let name = Self.text(members.first { $0.name == "name" }?.value.content),
                let text = Self.text(members.first { $0.name == "text" }?.value.content)
            else { return nil }
            self.sections.append(Section(name: name, text: text))
        }
    }

    private static func id(_ content: JSONValue.Content?) -> UInt64? {
        if case .number(.integer(isNegative: false, let magnitude))? = content { magnitude } else { nil }
    }

    private static func text(_ content: JSONValue.Content?) -> String? {
        if case .text(let text)? = content { text } else { nil }
    }
}
