import Foundation
import Fuzzing
import Schema
import Testing

/// Where the fuzzing begins.
@Suite struct SeedTests {
    @Test(arguments: [FuzzTarget.json, .protobuf])
    func `every command and every question has a seed that is read`(_ target: FuzzTarget) throws {
        let seeds = Dictionary(uniqueKeysWithValues: try Corpus(target).inputs.map { ($0.name, $0.bytes) })
        for request in Requests.commands + Requests.queries {
            let seed = try #require(seeds[request.name], "\(request.name) has no seed for \(target.rawValue)")
            #expect(seed.starts(with: Array("\(request.name)\n".utf8)))
            #expect(try target.holds(for: seed), "\(request.name) is refused")
        }
    }
}
