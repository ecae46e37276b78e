import Foundation
import Fuzzing

/// The inputs and words in `Tests/Fuzzing` for one target; records have the golden ones besides.
struct Corpus {
    let target: FuzzTarget
    let inputs: [(name: String, bytes: [UInt8])]

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fuzzing")

    init(_ target: FuzzTarget) throws {
        self.target = target
        var folders = [Self.folder.appending(path: "Corpus/\(target.rawValue)")]
        if target == .records { folders.append(Self.folder.appending(path: "../SchemaTests/Golden")) }
        inputs = try folders.flatMap { folder in
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                !$0.hasSuffix(".json")
            }
            return try names.sorted().map { ($0, Array(try Data(contentsOf: folder.appending(path: $0)))) }
        }
    }

    /// What libFuzzer's file of words has in quotes, with `\\`, `\"` and `\xAB` for what cannot be written there.
    func words() throws -> [[UInt8]] {
        let file = Self.folder.appending(path: "Words/\(target.rawValue).dict")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        return lines.filter { $0.hasPrefix("\"") }.map { Self.unescaped(Array($0.utf8.dropFirst().dropLast())) }
    }

    private static func unescaped(_ written: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = written[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "\\") {
                bytes.append(byte)
            } else if rest.first == UInt8(ascii: "x"),
                let hex = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(hex)
                rest = rest.dropFirst(3)
            } else if let escaped = rest.popFirst() {
                bytes.append(escaped)
            }
        }
        return bytes
    }
}
