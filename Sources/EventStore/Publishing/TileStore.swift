/// The published form of the log, for whoever serves it. Reads files only; knows nothing of the log behind them.
public struct TileStore: Sendable {
    private let directory: String

    /// - Parameter dataDirectory: the folder with `tiles` in it.
    public init(dataDirectory: String) { directory = dataDirectory + "/tiles" }

    /// The tile at `path`; nil for a tile that is not there, or not any more.
    ///
    /// Hash tiles may be shown to anyone; who may see `entries` is for the caller to ask.
    public func tile(_ path: TilePath) throws(LogError) -> [UInt8]? {
        try DurableFile.read(directory + "/" + path.path)
    }

    /// The newest checkpoint, as signed.
    public func checkpoint() throws(LogError) -> [UInt8]? { try DurableFile.read(directory + "/checkpoint") }

    /// The verifier key's one line.
    public func verifierKey() throws(LogError) -> [UInt8]? { try DurableFile.read(directory + "/vkey") }
}
