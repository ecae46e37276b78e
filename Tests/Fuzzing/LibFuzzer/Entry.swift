import Foundation
import Fuzzing

// The programme's `main` is libFuzzer's. Which promises are tried, and whether a fault is planted, the environment says.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["DAYBOOK_FUZZ"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        FileHandle.standardError.write(Data("DAYBOOK_FUZZ must name a target; start me with tools/fuzz\n".utf8))
        exit(2)
    }
    return target
}()
private let reader: FuzzTarget.Reader =
    ProcessInfo.processInfo.environment["DAYBOOK_FUZZ_CONTROL"] == nil ? .daybook : .faulty

@_cdecl("LLVMFuzzerTestOneInput")
public func tryOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do {
        try target.holds(for: bytes, reader: reader)
    } catch {
        // So that libFuzzer keeps the input.
        fatalError("\(target.rawValue): \(error)")
    }
    return 0
}
