import Testing

/// The real daemon, spoken to over its socket. One at a time, since each is a process with threads of its own.
@Suite(.serialized) enum EndToEnd {}
