import Schema

extension Paper.Party {
    /// The practice, as its profile had it when the invoice was issued.
    init(issuerOf paper: InvoicePaper) {
        let profile = paper.profile
        self.init(
            name: profile.legalName.isEmpty ? paper.practice : profile.legalName, address: profile.address,
            details: [
                profile.phone, profile.email, profile.taxID.isEmpty ? "" : "Tax number \(profile.taxID)",
            ].filter { !$0.isEmpty })
    }

    /// The payer, who is not told a client's name; else the client, by number where the name may not be seen.
    init(addresseeOf answer: ShowInvoiceAnswer) {
        let paper = answer.paper
        guard !paper.hasPayer else {
            self.init(name: paper.payer.name, address: paper.payer.address)
            return
        }
        let name = [paper.clientGivenName.shown, paper.clientFamilyName.shown].filter { !$0.isEmpty }
        self.init(
            name: name.isEmpty ? "Client \(answer.row.account.clientCode)" : name.joined(separator: " "),
            address: paper.clientAddress.shown)
    }
}

extension AccountRow {
    /// The client without a name: the number, or the id for who may not even know the number.
    var clientCode: String { clientNumber.isEmpty ? "\(client)" : clientNumber }
}
