import Foundation
import Testing

/// Flips the last bit of a key wherever a page of LMDB's has it: of a table's name, or of a row's key that is text.
public func flip(key: String, inFile path: String) throws {
    // A node has its key's length before the key (mdb.c: mn_ksize).
    var written = Data([UInt8(key.utf8.count), 0])
    written.append(contentsOf: key.utf8)
    var flipped = written
    flipped[flipped.count - 1] ^= 1
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    var places = 0
    while let place = bytes.range(of: written) {
        bytes.replaceSubrange(place, with: flipped)
        places += 1
    }
    try #require(places > 0, "no page has the key \(key)")
    // Over the file that is there: whoever has it open goes on with it.
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: bytes)
    try file.close()
}
