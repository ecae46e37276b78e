import Clinic
import Schema
import SwiftProtobuf

/// The jobs there are.
public enum JobKind: String, CaseIterable, Sendable {
    case verify
    case rebuild
    case digest
    case `import`
    case importUndo = "import-undo"

    public var permission: Permission {
        switch self {
        case .verify, .digest: .verify
        case .rebuild: .administer
        case .import, .importUndo: .importSheets
        }
    }

    /// Whether its request may be as large as a spreadsheet.
    public var isUpload: Bool { self == .import }
}

extension ClinicEngine {
    /// Starts a job as its request, in JSON, says.
    public func startJob(_ kind: JobKind, _ body: [UInt8], by caller: Caller) throws(Refusal) -> Job {
        switch kind {
        case .verify:
            _ = try decode(VerifyJob.self, body)
            return try startVerify(by: caller)
        case .rebuild: return try startRebuild(try decode(RebuildJob.self, body), by: caller)
        case .digest: return try startDigest(try decode(DigestJob.self, body), by: caller)
        case .import: return try startImport(try decode(ImportJob.self, body), by: caller)
        case .importUndo: return try startImportUndo(try decode(ImportUndoJob.self, body), by: caller)
        }
    }

    private func decode<M: Message & Sendable>(_ type: M.Type, _ body: [UInt8]) throws(Refusal) -> M {
        do throws(FieldError) {
            return try JSONReader.decode(M.self, from: body, limits: JSONLimits(maxBytes: 32 << 20))
        } catch {
            throw Refusal(error)
        }
    }
}
