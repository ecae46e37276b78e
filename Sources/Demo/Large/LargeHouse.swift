import Schema
import SwiftProtobuf
import Timetable

/// The ids of what was founded at the large clinic, and its prices.
struct LargeHouse: Sendable {
    var places: [LargePlace: UInt64] = [:]
    var services: [DemoService: UInt64] = [:]
    var payers: [UInt64] = []
    /// Lists that were published, in order.
    private var lists: [(from: LocalDate, raises: Int64)] = []

    mutating func publish(from date: LocalDate) -> PublishPriceList {
        lists.append((date, Int64(lists.count)))
        return .with { list in
            list.effectiveFrom = date.description
            list.prices = DemoService.allCases.map { service in
                .with {
                    $0.service = services[service] ?? 0
                    $0.amount.minor = Self.price(service, raises: Int64(lists.count - 1))
                    $0.amount.currency = "USD"
                }
            }
        }
    }

    /// What a booking made now pins for a day, minor units.
    func price(of service: DemoService, on date: LocalDate) -> Int64 {
        Self.price(service, raises: lists.last { $0.from <= date }?.raises ?? 0)
    }

    private static func price(_ service: DemoService, raises: Int64) -> Int64 { service.price + raises * 500 }

    /// Of a session that was missed, minor units.
    static let noShowFeeMinor: Int64 = 7_500
    /// Of the price, for one that was cancelled late.
    static let lateCancelBasisPoints: UInt32 = 5_000
}
