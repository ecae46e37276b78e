import Testing

@testable import Engine

@Suite struct ContactCellTests {
    @Test(arguments: [
        ("ann@x.example", ContactCell.usable("ann@x.example")), ("N/A", .nothing), ("-", .nothing),
        ("Ann <ann@x.example>", .firstOf("ann@x.example")),
        ("a@x.example, b@x.example", .firstOf("a@x.example")), ("a@x.example\nb@x.example", .firstOf("a@x.example")),
        ("ask at the desk", .unusable), ("a@b@c", .unusable), ("@x", .unusable),
    ])
    func `of a cell for email the first address is taken`(text: String, cell: ContactCell) {
        #expect(ContactCell.email(text) == cell)
    }

    @Test(arguments: [
        ("+1 555 0100", ContactCell.usable("+1 555 0100")), ("none", .nothing),
        ("at his mother's", .usable("at his mother's")),
        ("+1 555 0100\n+1 555 0101", .firstOf("+1 555 0100")),
        (
            "ask first; +1 555 0100 and only in the mornings; +1 555 0101",
            .firstOf("+1 555 0100 and only in the mornings")
        ),
        ("it is in the book that lies on the desk in the hall", .unusable),
    ])
    func `of a cell for a phone the first number that fits is taken`(text: String, cell: ContactCell) {
        #expect(ContactCell.phone(text) == cell)
    }
}
