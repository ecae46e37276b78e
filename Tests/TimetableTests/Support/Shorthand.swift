import Testing
import Timetable

/// Milliseconds of an instant written `YYYY-MM-DDTHH:MM` in UTC, by the calendar arithmetic alone.
func utc(_ text: String) throws -> Int64 {
    try #require(LocalDateTime(iso: text)).wallMinutes * 60_000
}

func zone(_ id: String) throws -> Zone { try #require(Zone(id)) }

func local(_ text: String) throws -> LocalDateTime { try #require(LocalDateTime(iso: text)) }

func date(_ text: String) throws -> LocalDate { try #require(LocalDate(iso: text)) }

func time(_ text: String) throws -> LocalTime { try #require(LocalTime(endIso: text)) }

func span(_ from: String, _ to: String) throws -> Span {
    try #require(Span(startMs: try utc(from), endMs: try utc(to)))
}
