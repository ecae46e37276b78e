/// A C2SP signed note: text, an empty line, signature lines `— <name> <base64(key id ‖ signature)>`.
public struct SignedNote: Equatable, Sendable {
    public struct Signature: Equatable, Sendable {
        public let name: String
        public let keyID: UInt32
        public let bytes: [UInt8]
    }

    public enum Failure: Error, Equatable, Sendable {
        /// Not of the form of a signed note.
        case malformed(String)
        /// None of the signatures is by the key asked for.
        case notSigned
        /// A signature by that key is wrong: reject the note, whatever others say.
        case badSignature
    }

    /// With its final newline, which is signed too.
    public let text: String
    public let signatures: [Signature]

    /// As many signature lines as are read; Go's reader stops at 100.
    static let signaturesMax = 100
    static let bytesMax = 1 << 20

    init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a note; checks its form, no signature.
    public init(parsing bytes: [UInt8]) throws(Failure) {
        guard bytes.count <= Self.bytesMax else { throw .malformed("longer than 1 MiB") }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .malformed("not UTF-8") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else { throw .malformed("a control character") }
        // The split is at the last empty line: the text may contain others. Bytes, since "\r\n" and combining marks
        // make one Character of several.
        guard let split = Self.lastEmptyLine(bytes) else { throw .malformed("no empty line") }
        text = String(decoding: bytes[...split], as: UTF8.self)
        let lines = bytes[(split + 2)...]
        guard lines.last == 0x0A else { throw .malformed("no signatures, or no newline at the end") }
        var signatures: [Signature] = []
        for line in lines.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard signatures.count < Self.signaturesMax else { throw .malformed("over 100 signatures") }
            guard let signature = Signature(line: line) else { throw .malformed("a signature line") }
            signatures.append(signature)
        }
        self.signatures = signatures
    }

    /// The note's bytes, as stored and sent.
    public var bytes: [UInt8] {
        var all = text + "\n"
        for signature in signatures { all += signature.line }
        return Array(all.utf8)
    }

    /// Throws unless `key` has signed the text, and every signature of it is right. Others' lines are ignored.
    public func verify(with key: VerifierKey) throws(Failure) {
        let own = signatures.filter { $0.keyID == key.keyID && $0.name == key.name }
        guard !own.isEmpty else { throw .notSigned }
        for signature in own where !key.isValid(signature: signature.bytes, over: text) { throw .badSignature }
    }

    private static func lastEmptyLine(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 2 else { return nil }
        return (0...(bytes.count - 2)).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
    }
}

extension SignedNote.Signature {
    private static let dash = Array("— ".utf8)

    /// nil unless the line is `— <name> <base64 of 5 or more bytes>`.
    fileprivate init?(line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.dash) else { return nil }
        let parts = line.dropFirst(Self.dash.count).split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let name = String(decoding: parts[0], as: UTF8.self)
        guard VerifierKey.isValidName(name),
            let bytes = Base64.decode(String(decoding: parts[1], as: UTF8.self)), bytes.count > 4
        else { return nil }
        self.name = name
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        self.bytes = Array(bytes.dropFirst(4))
    }

    fileprivate var line: String {
        let id = withUnsafeBytes(of: keyID.bigEndian) { [UInt8]($0) }
        return "— \(name) \(Base64.encode(id + bytes))\n"
    }
}
