/// A practice that began before these numbers were recorded has the ones that new practices begin with.
extension PracticePolicy {
    public static let invoiceDueDaysUsual: UInt32 = 14

    /// A hundred of the currency's main unit.
    public static func billerLimitMinorUsual(_ currency: String) -> Int64 {
        (0..<MoneyText.decimals(of: currency)).reduce(100) { limit, _ in limit * 10 }
    }

    /// From the issue of an invoice until it is due.
    public var dueDays: UInt32 { invoiceDueDays == 0 ? Self.invoiceDueDaysUsual : invoiceDueDays }

    /// What a biller may refund or write off alone, minor units.
    public func billerLimit(in currency: String) -> Int64 {
        billerLimitMinor == 0 ? Self.billerLimitMinorUsual(currency) : billerLimitMinor
    }
}
