import DaybookClient

/// Where the daemon's socket is: the option, then `$DAYBOOK_SOCKET`, then the configuration file.
enum SocketFinder {
    /// - Throws: `UsageError` when nobody names one; `ClientError.badSocketPath`.
    static func find(option: String?, _ surroundings: Surroundings) async throws -> SocketPath {
        if let option { return try SocketPath(option) }
        if let variable = surroundings.variable("DAYBOOK_SOCKET") { return try SocketPath(variable) }
        if let socket = try await ClientConfig.load(surroundings).socket { return try SocketPath(socket) }
        throw UsageError(
            "Which daemon? Name its socket by --socket PATH, by $DAYBOOK_SOCKET, or as `socket:` in "
                + "~/.config/daybook/daybook.yaml.")
    }
}
