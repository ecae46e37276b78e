import LMDBKit
import Schema
import Vault

extension Refusal {
    /// What somebody is told whose text cannot be sealed; nil when the vault itself has failed, which only a start can
    /// look into.
    init?(_ error: VaultError) {
        switch error {
        case .unknownKey, .damaged, .damagedKey:
            self.init(
                .problem("key-damaged"), status: 503, title: "A key is damaged or missing",
                detail: "Nothing was recorded: the key of this person's texts is not in the vault or is damaged. "
                    + "Restore the vault from its backup; daybook help operating says how.")
        case .erased:
            self.init(
                .problem("erased"), status: 409, title: "This person was erased",
                detail: "Nothing was recorded: what is private to this person was erased.")
        case .textContainsNUL, .tooLong:
            self.init(
                .problem("malformed"), status: 400, title: "A text cannot be sealed",
                detail: "Nothing was recorded: a text is too long or holds a NUL character.")
        case .storage(.diskFull), .storage(.mapFull):
            self = .diskFull
        case .storage: return nil
        }
    }

    /// Nothing was written, and reading goes on.
    static let diskFull = Refusal(
        .problem("disk-full"), status: 507, title: "The disk is full",
        detail: "Nothing was recorded. Free some space and try again; reading goes on meanwhile.")
}
