import Foundation
import TestKit
import Testing

extension RunningDaemon {
    /// Of the state and of every read model over the first records.
    func digests(at position: UInt64) throws -> [String: String] {
        let job = try job("digest", #"{"position":\#(position)}"#)
        let result = try #require(job.json["result"] as? [String: Any], "\(job.text)")
        #expect((result["position"] as? NSNumber)?.uint64Value == position)
        var found = ["state": try #require(result["state"] as? String)]
        for view in result["views"] as? [[String: Any]] ?? [] {
            found[view["view"] as? String ?? ""] = view["digest"] as? String
        }
        return found
    }
}
