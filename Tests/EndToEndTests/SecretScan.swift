import Foundation
import TestKit

/// Looks for texts in bytes, in every form in which a program might have left them, whatever their case.
struct SecretScan {
    enum Form: CaseIterable, Sendable {
        case utf8, utf16LittleEndian, utf16BigEndian, hex, base64

        /// The text as a program would leave it; `lead` bytes stand before it in what is encoded.
        func planted(_ text: String, lead: Int) -> [UInt8] {
            switch self {
            case .utf8: Array(text.utf8)
            case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case .hex: Array(text.utf8.map { String(format: "%02X", $0) }.joined().utf8)
            case .base64:
                Array((Data(repeating: 0x2E, count: lead) + Data(text.utf8)).base64EncodedString().utf8)
            }
        }
    }

    private let secrets: [String]
    /// Lower-case UTF-8.
    private let patterns: [[UInt8]]

    init(secrets: [String]) {
        self.secrets = secrets
        patterns = secrets.map { Array($0.lowercased().utf8) }
    }

    /// Those that are in the bytes.
    func found(in bytes: [UInt8]) -> [String] {
        var hits = Set<Int>()
        for reading in readings(bytes) {
            for (index, pattern) in patterns.enumerated() where !hits.contains(index) {
                if contains(reading, pattern) { hits.insert(index) }
            }
        }
        return hits.sorted().map { secrets[$0] }
    }

    /// Those that are in files below a folder, as `path: secret`.
    func findings(below folder: String) -> [String] {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return [] }
        return paths.compactMap { $0 as? String }.sorted().flatMap { path -> [String] in
            let whole = "\(folder)/\(path)"
            var status = stat()
            guard lstat(whole, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                let bytes = FileManager.default.contents(atPath: whole)
            else { return [] }
            return found(in: Self.filled(bytes)).map { "\(whole): \($0)" }
        }
    }

    /// Without the pages that hold nothing but zeros: the disk's ballast is made of them.
    private static func filled(_ bytes: Data) -> [UInt8] {
        let empty = Data(count: 4_096)
        return stride(from: 0, to: bytes.count, by: empty.count).flatMap { start -> Data in
            let page = bytes[start..<min(start + empty.count, bytes.count)]
            return page == empty ? Data() : page
        }
    }

    /// The same, of files directly in a folder that were changed after a daemon's own folder was made.
    func findings(below folder: String, newerThan daemon: RunningDaemon) -> [String] {
        var own = stat()
        stat(daemon.folder.path, &own)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.flatMap { name -> [String] in
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == own.st_uid,
                status.st_mtim.tv_sec >= own.st_ctim.tv_sec, status.st_size < 64 << 20,
                let bytes = FileManager.default.contents(atPath: path)
            else { return [] }
            return found(in: [UInt8](bytes)).map { "\(path): \($0)" }
        }
    }

    /// The bytes as each form would have them read, in lower case. Base64 is read at each of its four places, which
    /// covers the three ways a text can lie in it.
    private func readings(_ bytes: [UInt8]) -> [[UInt8]] {
        // UTF-16 of these texts is their bytes with zeros between, whichever end comes first.
        let withoutZeros = bytes.filter { $0 != 0 }
        return [lowercased(bytes), lowercased(withoutZeros)] + (0..<2).map { lowercased(fromHex(bytes, from: $0)) }
            + (0..<4).map { lowercased(fromBase64(bytes, from: $0)) }
    }

    private func lowercased(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    /// Each pair as a byte; what is no hex becomes a byte that is in no text.
    private func fromHex(_ bytes: [UInt8], from start: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 2)
        var index = start
        while index + 1 < bytes.count {
            if let high = Self.hex[Int(bytes[index])], let low = Self.hex[Int(bytes[index + 1])] {
                result.append(high << 4 | low)
            } else {
                result.append(0xFF)
            }
            index += 2
        }
        return result
    }

    /// Each four as three bytes, in either alphabet.
    private func fromBase64(_ bytes: [UInt8], from start: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 4 * 3)
        var index = start
        while index + 3 < bytes.count {
            var word: UInt32 = 0
            var known = 0
            for offset in 0..<4 {
                guard let value = Self.base64[Int(bytes[index + offset])] else { break }
                word |= UInt32(value) << (18 - 6 * UInt32(offset))
                known += 1
            }
            for byte in 0..<3 {
                result.append(known * 6 >= byte * 8 + 8 ? UInt8(word >> (16 - 8 * byte) & 0xFF) : 0xFF)
            }
            index += 4
        }
        return result
    }

    private func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
        Data(bytes).firstRange(of: Data(pattern)) != nil
    }

    private static let hex = table("0123456789abcdef").enumerated().map { byte, value in
        value ?? table("0123456789ABCDEF")[byte]
    }
    private static let base64 = {
        let standard = table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let safe = table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return zip(standard, safe).map { $0 ?? $1 }
    }()

    private static func table(_ alphabet: String) -> [UInt8?] {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, character) in alphabet.utf8.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }
}
