import Clinic
import Engine
import HTTPTypes
import Schema

extension Submission {
    /// What a request for a command asks, whichever way it came in. A `Refusal` where it says nothing that can be done.
    init(_ type: any Command.Type, _ head: HTTPRequest, body: [UInt8], uid: UInt32?) throws(Refusal) {
        let credentials = try Credentials(head, uid: uid)
        let command = try Self.decode(type, body, isProtobuf: head.isProtobuf)
        self.init(
            sender: .door(credentials), command: command, key: try head.commandKey(),
            purpose: try head.purpose(unlessSaid: .operations))
    }

    private static func decode<C: Command>(
        _ type: C.Type, _ body: [UInt8], isProtobuf: Bool
    ) throws(Refusal) -> any Command {
        do throws(FieldError) {
            return isProtobuf
                ? try ProtobufReader.decode(C.self, from: body) : try JSONReader.decode(C.self, from: body)
        } catch {
            throw Refusal(error)
        }
    }
}
