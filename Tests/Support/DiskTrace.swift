import Foundation
import Synchronization

/// What the program that is tested asks of the disk, in order: whatever is synced, renamed or removed under one folder.
///
/// The test binary has its own `fsync`, `rename`, `unlink` and `write`, which take note and then call the system's.
public final class DiskTrace: Sendable {
    public enum Call: Equatable, Sendable {
        case sync(String)
        case rename(String, to: String)
        case remove(String)
    }

    private struct Watch {
        var folder: String
        var calls: [Call] = []
        var writeMax: Int?
        var syncError: Int32?
    }

    private static let watches = Mutex<[ObjectIdentifier: Watch]>([:])
    private static let isWatching = Atomic(0)
    private let folder: String

    /// Takes note of what happens under `folder` until this is forgotten.
    ///
    /// - Parameters:
    ///   - writeMax: no write there takes more than so many bytes, as on a disk that is filling up.
    ///   - syncError: what `fdatasync`, which LMDB calls in each commit, answers there instead of syncing.
    public init(_ folder: String, writeMax: Int? = nil, syncError: Int32? = nil) {
        self.folder = Self.real(folder)
        let watch = Watch(folder: self.folder, writeMax: writeMax, syncError: syncError)
        Self.watches.withLock { $0[ObjectIdentifier(self)] = watch }
        Self.isWatching.add(1, ordering: .sequentiallyConsistent)
    }

    deinit {
        Self.isWatching.subtract(1, ordering: .sequentiallyConsistent)
        Self.watches.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(self)) }
    }

    /// Paths are given from the folder on; the folder itself is the empty one.
    public var calls: [Call] { Self.watches.withLock { $0[ObjectIdentifier(self)]?.calls ?? [] } }

    /// Whether `path` came into its place durably: synced under another name, renamed, and then its folder synced.
    public func isDurablyReplaced(_ path: String) -> Bool {
        let calls = calls
        guard let index = calls.lastIndex(where: { if case .rename(_, path) = $0 { true } else { false } }),
            case .rename(let temporary, _) = calls[index]
        else { return false }
        return calls[..<index].contains(.sync(temporary)) && isSynced(folderOf: path, in: calls[index...])
    }

    /// Whether the folder that has `path` in it was synced after the last change of a name in it.
    public func isSynced(folderOf path: String) -> Bool { isSynced(folderOf: path, in: calls[...]) }

    private func isSynced(folderOf path: String, in calls: ArraySlice<Call>) -> Bool {
        calls.contains(.sync(path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""))
    }

    fileprivate static var isIdle: Bool { isWatching.load(ordering: .relaxed) == 0 }

    fileprivate static func note(_ path: String, _ call: (_ short: (String) -> String) -> Call) {
        let real = real(path)
        watches.withLock { watches in
            for (id, watch) in watches where real == watch.folder || real.hasPrefix(watch.folder + "/") {
                watches[id]?.calls.append(call { String(Self.real($0).dropFirst(watch.folder.count + 1)) })
            }
        }
    }

    fileprivate static func writeMax(_ path: String) -> Int? {
        watches.withLock { $0.values.first { path.hasPrefix($0.folder + "/") }?.writeMax }
    }

    fileprivate static func syncError(_ path: String) -> Int32? {
        watches.withLock { $0.values.first { path.hasPrefix($0.folder + "/") }?.syncError }
    }

    /// Without links in the folders; the last part need not be there any more.
    private static func real(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        guard let resolved = realpath(url.deletingLastPathComponent().path, nil) else { return url.path }
        defer { free(resolved) }
        let folder = String(cString: resolved)
        return (folder == "/" ? "" : folder) + "/" + url.lastPathComponent
    }

    fileprivate static func path(of descriptor: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
        return count < 0 ? "" : String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// The system's own calls, which those below stand before.
private enum System {
    typealias OnDescriptor = @convention(c) (Int32) -> Int32
    typealias OnPath = @convention(c) (UnsafePointer<CChar>) -> Int32
    typealias OnPaths = @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
    typealias Writing = @convention(c) (Int32, UnsafeRawPointer?, Int) -> Int

    static let fsync = unsafeBitCast(next("fsync"), to: OnDescriptor.self)
    static let fdatasync = unsafeBitCast(next("fdatasync"), to: OnDescriptor.self)
    static let unlink = unsafeBitCast(next("unlink"), to: OnPath.self)
    static let rename = unsafeBitCast(next("rename"), to: OnPaths.self)
    static let write = unsafeBitCast(next("write"), to: Writing.self)

    private static func next(_ name: String) -> UnsafeMutableRawPointer {
        // RTLD_NEXT, a macro that Swift does not see.
        guard let symbol = dlsym(UnsafeMutableRawPointer(bitPattern: -1), name) else {
            preconditionFailure("the C library has \(name)")
        }
        return symbol
    }
}

@_cdecl("fsync") public func tracedSync(_ descriptor: Int32) -> Int32 {
    let code = System.fsync(descriptor)
    if code == 0, !DiskTrace.isIdle {
        let path = DiskTrace.path(of: descriptor)
        DiskTrace.note(path) { .sync($0(path)) }
    }
    return code
}

@_cdecl("fdatasync") public func tracedDataSync(_ descriptor: Int32) -> Int32 {
    guard !DiskTrace.isIdle, let code = DiskTrace.syncError(DiskTrace.path(of: descriptor)) else {
        return System.fdatasync(descriptor)
    }
    errno = code
    return -1
}

@_cdecl("rename") public func tracedRename(_ old: UnsafePointer<CChar>, _ new: UnsafePointer<CChar>) -> Int32 {
    let code = System.rename(old, new)
    if code == 0, !DiskTrace.isIdle {
        DiskTrace.note(String(cString: new)) { .rename($0(String(cString: old)), to: $0(String(cString: new))) }
    }
    return code
}

@_cdecl("unlink") public func tracedUnlink(_ path: UnsafePointer<CChar>) -> Int32 {
    let code = System.unlink(path)
    if code == 0, !DiskTrace.isIdle { DiskTrace.note(String(cString: path)) { .remove($0(String(cString: path))) } }
    return code
}

@_cdecl("write") public func tracedWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    guard !DiskTrace.isIdle, let writeMax = DiskTrace.writeMax(DiskTrace.path(of: descriptor)) else {
        return System.write(descriptor, bytes, count)
    }
    return System.write(descriptor, bytes, min(count, writeMax))
}
