import Clinic
import Schema

extension Engine {
    func startImport(_ request: ImportJob, by caller: Caller) throws(Refusal) -> Job {
        throw .busy("")
    }

    func startImportUndo(_ request: ImportUndoJob, by caller: Caller) throws(Refusal) -> Job {
        throw .busy("")
    }
}
