import Crypto
import Synchronization

/// A request's MAC, and the number of the key it was made with.
public struct RequestMAC: Hashable, Sendable {
    public let keyNumber: UInt32
    /// 16 bytes.
    public let mac: [UInt8]
}

/// The keys by which a repeated request is known again without keeping its text.
///
/// One file a day, `<keys>/mac/<number>.key`; the number is the day, counted from 1970-01-01 UTC. A key is kept for 30
/// days after its day and then destroyed, and with it the last trace of what was asked. The files lie outside LMDB, which
/// would keep copies on free pages.
///
/// A damaged file keeps nobody from working: what was asked under its key cannot be compared any more, and the next number
/// takes its place for what is asked from now on.
public final class RequestMACKeys: Sendable {
    private static let keptDays: Int64 = 30
    private static let dayMs: Int64 = 86_400_000
    private static let macBytes = 16

    private let folder: String
    private let state: Mutex<State>

    private struct State {
        var keys: [UInt32: SymmetricKey]
        /// Whose files did not read at the start. They stay, to be restored, until they are too old.
        var damaged: Set<UInt32>
        var current: UInt32
    }

    /// Opens `<keys>/mac`, making it when there is none, and brings it up to date as `rotate` does.
    ///
    /// - Parameters:
    ///   - nowMs: a time that can be relied on: what is too old by it is destroyed, and it never goes back.
    ///   - isUnused: no log names any of the keys; then those of days to come, which a wrong clock made, are destroyed.
    public init(keysDirectory: String, nowMs: Int64, isUnused: Bool = false) throws(VaultOpeningError) {
        guard PrivateFiles.exists(keysDirectory) else { throw .keysFolderMissing(path: keysDirectory) }
        try PrivateFiles.checkPrivate(keysDirectory)
        folder = "\(keysDirectory)/mac"
        try PrivateFiles.makeFolder(folder)
        try PrivateFiles.checkPrivate(folder)
        var numbers = try Self.numbers(in: folder)
        if isUnused {
            let today = Self.today(nowMs: nowMs, greatest: nil)
            for number in numbers where number > today { try PrivateFiles.shred(MACKeyFile.path(number, in: folder)) }
            numbers.removeAll { $0 > today }
        }
        let today = Self.today(nowMs: nowMs, greatest: numbers.max())
        var keys: [UInt32: SymmetricKey] = [:]
        var damaged: Set<UInt32> = []
        // What is too old is not read: a crash may have left it overwritten.
        for number in numbers where !Self.isTooOld(number, today: today) {
            keys[number] = try MACKeyFile.read(number, in: folder)
            if keys[number] == nil { damaged.insert(number) }
        }
        state = Mutex(State(keys: keys, damaged: damaged, current: today))
        for number in numbers where Self.isTooOld(number, today: today) {
            try PrivateFiles.shred(MACKeyFile.path(number, in: folder))
        }
        try rotate(nowMs: nowMs)
    }

    /// Begins the key of the day of `nowMs` when the day is new, and destroys keys of more than 30 days ago. A time
    /// that went back changes nothing; one that leaps ahead destroys all keys, so it must be one to rely on.
    public func rotate(nowMs: Int64) throws(VaultOpeningError) {
        try state.withLock { state throws(VaultOpeningError) in
            var today = Self.today(nowMs: nowMs, greatest: state.current)
            // Under its number there are MACs already that a new key would not know.
            while state.damaged.contains(today) { today += 1 }
            if state.keys[today] == nil { state.keys[today] = try MACKeyFile.make(today, in: folder) }
            state.current = today
            for number in (Array(state.keys.keys) + state.damaged).sorted() where Self.isTooOld(number, today: today) {
                state.keys[number] = nil
                state.damaged.remove(number)
                try PrivateFiles.shred(MACKeyFile.path(number, in: folder))
            }
        }
    }

    /// The MAC of a command in its canonical form, under the newest key: the first 16 bytes of
    /// HMAC-SHA-256(key, name ‖ 0 ‖ canonical bytes).
    public func mac(commandName: String, canonicalBytes: [UInt8]) -> RequestMAC {
        let (number, key) = state.withLock { ($0.current, $0.keys[$0.current]) }
        guard let key else { preconditionFailure("the current key exists from init on") }
        return RequestMAC(keyNumber: number, mac: Self.mac(commandName, canonicalBytes, key: key))
    }

    /// The files that did not read at the start.
    public var damagedPaths: [String] {
        state.withLock { $0.damaged }.sorted().map { MACKeyFile.path($0, in: folder) }
    }

    /// The file of a key that did not read; nil for one that did, or is gone as it should be.
    public func damagedPath(keyNumber: UInt32) -> String? {
        state.withLock { $0.damaged.contains(keyNumber) } ? MACKeyFile.path(keyNumber, in: folder) : nil
    }

    /// Whether `mac` belongs to this command, compared in constant time; nil when its key is gone, or damaged.
    public func check(_ mac: RequestMAC, commandName: String, canonicalBytes: [UInt8]) -> Bool? {
        check(keyNumber: mac.keyNumber, commandName: commandName, canonicalBytes: canonicalBytes, mac: mac.mac)
    }

    /// The same for a key number and 16 bytes as the log keeps them.
    public func check(keyNumber: UInt32, commandName: String, canonicalBytes: [UInt8], mac: [UInt8]) -> Bool? {
        guard let key = state.withLock({ $0.keys[keyNumber] }) else { return nil }
        return Self.mac(commandName, canonicalBytes, key: key).equalsInConstantTime(mac)
    }

    private static func mac(_ name: String, _ bytes: [UInt8], key: SymmetricKey) -> [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        mac.update(data: [UInt8](name.utf8) + [0])
        mac.update(data: bytes)
        return [UInt8](mac.finalize().prefix(macBytes))
    }

    private static func today(nowMs: Int64, greatest: UInt32?) -> UInt32 {
        max(UInt32(clamping: nowMs / dayMs), greatest ?? 0)
    }

    private static func isTooOld(_ number: UInt32, today: UInt32) -> Bool { Int64(today) - Int64(number) > keptDays }

    private static func numbers(in folder: String) throws(VaultOpeningError) -> [UInt32] {
        var numbers: [UInt32] = []
        for name in try PrivateFiles.names(in: folder) {
            if name.hasSuffix(PrivateFiles.temporarySuffix) {
                // Left by a crash before the rename; it may hold a key.
                try PrivateFiles.shred("\(folder)/\(name)")
            } else if let number = MACKeyFile.number(of: name) {
                numbers.append(number)
            }
        }
        return numbers
    }
}
