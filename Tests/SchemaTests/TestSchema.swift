import Foundation
import SwiftProtobuf

@testable import Schema

/// The schema of these tests: every kind of field.
let testSchema: Descriptors = {
    do {
        return try Descriptors(serialized: Array(Data(base64Encoded: TestDescriptorSet.base64) ?? Data()))
    } catch {
        preconditionFailure("the tests' own descriptor set is damaged: \(error)")
    }
}()

extension String {
    var bytes: [UInt8] { Array(utf8) }
}

func read(_ json: String) throws(FieldError) -> EveryKind {
    try JSONReader.decode(EveryKind.self, from: json.bytes, descriptors: testSchema)
}

func failure(_ body: () throws(FieldError) -> some Any) -> FieldError? {
    do throws(FieldError) {
        _ = try body()
        return nil
    } catch {
        return error
    }
}
