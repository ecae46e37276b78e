import Schema
import Testing

@testable import API

struct UploadPlacesTests {
    @Test func `so many spreadsheets are received at once, and the next one when a place is free again`() throws {
        let places = UploadPlaces()
        let first = try places.take()
        var second: UploadPlaces.Place? = try places.take()
        let refusal = try #require(throws: Refusal.self) { try places.take() }
        #expect(refusal.status == 429)
        withExtendedLifetime(second) {}
        second = nil
        let third = try places.take()
        #expect(throws: Refusal.self) { try places.take() }
        withExtendedLifetime((first, third)) {}
    }
}
