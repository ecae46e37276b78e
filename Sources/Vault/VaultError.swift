import LMDBKit

/// Why a text was not sealed or a box not opened. No case carries anything of a text or a key.
public enum VaultError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The vault has never heard of the key: a wrong, old or damaged vault, never an erasure.
    case unknownKey(KeyID)
    /// The key was destroyed on purpose, and what it sealed with it.
    case erased(KeyID)
    /// The box does not open under its key at this place, or does not hold what its commitment says.
    case damaged(KeyID)
    /// The vault's own entry for the key does not check or does not unwrap.
    case damagedKey(KeyID)
    /// The text contains a NUL character.
    case textContainsNUL
    /// The text or contents have more bytes than may be sealed in one piece.
    case tooLong(bytes: Int, limitBytes: Int)
    /// The vault's environment failed.
    case storage(LMDBError)

    public var description: String {
        switch self {
        case .unknownKey(let id): "the vault has no key \(id)"
        case .erased(let id): "the key \(id) was destroyed"
        case .damaged(let id): "a box sealed with key \(id) does not open at its place"
        case .damagedKey(let id): "the vault's entry for key \(id) is damaged"
        case .textContainsNUL: "the text contains a NUL character"
        case .tooLong(let bytes, let limitBytes): "\(bytes) bytes are more than the \(limitBytes) that can be sealed"
        case .storage(let error): "the vault failed: \(error)"
        }
    }
}

/// Runs what speaks to LMDB and gives its errors their place in the closed set.
func mappingStorageErrors<Result>(_ body: () throws -> Result) throws(VaultError) -> Result {
    do {
        return try body()
    } catch let error as VaultError {
        throw error
    } catch let error as LMDBError {
        throw .storage(error)
    } catch {
        throw .storage(.failed(call: "use the vault", code: -1))
    }
}
