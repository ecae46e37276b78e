import Clinic
import Engine
import Foundation
import HTTPTypes
import ProjectionKit
import Schema
import Testing

@testable import API

struct RouteTests {
    @Test func `an address is told from another, and its methods are known`() {
        #expect(Address.methods(at: "/v1/commands/BookAppointment") == [.post])
        #expect(Address.methods(at: "/v1/queries/Agenda") == [.get, .post])
        #expect(Address.methods(at: "/v1/log/tile/0/x001/067") == [.get])
        for nowhere in ["/", "/v1", "/v1/commands", "/v1/commands/A/b", "/v1/log/tile", "/v2/health", "/v1/healthy"] {
            #expect(Address.methods(at: nowhere) == nil, "\(nowhere)")
        }
    }

    @Test func `the description names every command, question and job that is served`() throws {
        let document = try JSONSerialization.jsonObject(with: Data(OpenAPIRoute.document())) as? [String: Any]
        let paths = try #require(document?["paths"] as? [String: Any])
        for command in Commands.all { #expect(paths["/v1/commands/\(command.name)"] != nil) }
        for query in Queries.all { #expect(paths["/v1/queries/\(query.name)"] != nil) }
        for kind in JobKind.allCases {
            #expect(paths["/v1/jobs/\(kind.rawValue)"] != nil)
            #expect(Descriptors.schema.message(named: kind.messageName) != nil)
        }
    }

    @Test func `every command and question of the schema is served, and so declares who may`() {
        #expect(Commands.byName.keys.sorted() == Requests.commands.map { $0.name }.sorted())
        #expect(Queries.byName.keys.sorted() == Requests.queries.map { $0.name }.sorted())
    }

    @Test(arguments: Address.allCases) func `the description says of every address who is let in`(_ address: Address)
        throws
    {
        let document = try JSONSerialization.jsonObject(with: Data(OpenAPIRoute.document())) as? [String: Any]
        let paths = try #require(document?["paths"] as? [String: [String: [String: Any]]])
        let sentence: String
        switch address.gate {
        case .asNamed: return
        case .everybody: sentence = "Needs no permission."
        case .known: sentence = OpenAPIRoute.sentence(.viewSelf)
        case .holders(let permission): sentence = OpenAPIRoute.sentence(permission)
        }
        let path = address.rawValue.replacing(/:([a-z]+)/) { "{\($0.1)}" }
        let methods = try #require(paths[path])
        #expect(methods.keys.sorted() == address.methods.map { $0.rawValue.lowercased() })
        for (_, said) in methods { #expect(said["description"] as? String == sentence) }
    }

    @Test func `a question for a name cannot be asked in an address`() throws {
        let document = try JSONSerialization.jsonObject(with: Data(OpenAPIRoute.document())) as? [String: Any]
        let paths = try #require(document?["paths"] as? [String: [String: Any]])
        #expect(try #require(paths["/v1/queries/FindClients"]).keys.sorted() == ["post"])
        #expect(try #require(paths["/v1/queries/Agenda"]).keys.sorted() == ["get", "post"])
    }

    @Test func `every permission has a sentence of its own`() {
        let sentences = Set(Permission.allCases.map(OpenAPIRoute.sentence))
        #expect(sentences.count == Permission.allCases.count)
    }

    @Test func `figures are written as Prometheus reads them`() {
        var text = PrometheusText()
        text.family("daybook_commands_total", .counter, "Commands.")
        text.sample(UInt64(3), [("command", "AddStaff"), ("outcome", "409")])
        text.single("daybook_streams", .gauge, "Streams.", 0)
        let expected = """
            # HELP daybook_commands_total Commands.
            # TYPE daybook_commands_total counter
            daybook_commands_total{command="AddStaff",outcome="409"} 3
            # HELP daybook_streams Streams.
            # TYPE daybook_streams gauge
            daybook_streams 0

            """
        #expect(text.text == expected)
    }

    @Test func `only the address of an import may carry a spreadsheet`() {
        #expect(EdgeLimits.isUpload(path: "/v1/jobs/import"))
        #expect(EdgeLimits.isUpload(path: "/v1/jobs/import?x=1"))
        for path in ["/v1/jobs/verify", "/v1/jobs/import/", "/v1/jobs/importUndo", "", "?"] {
            #expect(!EdgeLimits.isUpload(path: path), "\(path)")
        }
        #expect(!EdgeLimits.isUpload(path: nil))
    }
}
