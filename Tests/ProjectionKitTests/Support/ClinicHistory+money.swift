import Foundation
import Schema
import SwiftProtobuf
import TestKit

extension ClinicHistory {
    static func euros(_ minor: Int64) -> Money {
        .with {
            $0.minor = minor
            $0.currency = "EUR"
        }
    }

    mutating func setTerms(_ house: House) {
        add(.practice(.practiceProfileUpdated(.with { $0.legalName = "Riverside GmbH" })))
        add(
            .practice(
                .cancellationPolicyPublished(
                    .with {
                        $0.lateWindowMinutes = 1_440
                        $0.noShowFee.amount = Self.euros(4_000)
                    })))
        add(
            .billing(
                .taxCodeDefined(
                    .with {
                        $0.code = "VAT"
                        $0.basisPoints = 1_900
                        $0.effectiveFrom = "2026-01-01"
                    })))
        add(
            .billing(
                .payerDefined(
                    .with {
                        $0.name = "Fund"; $0.dueDays = 30
                    })))
    }

    /// A charge for 100 euros net, and 19 of tax.
    mutating func charge(_ house: House, proposed: Bool = false) -> UInt64 {
        add(
            .billing(
                .chargePosted(
                    .with {
                        $0.client = house.client
                        $0.kind = proposed ? .noShow : .session
                        $0.serviceDate = "2026-01-05"
                        $0.line.quantity = 1
                        $0.line.unit = Self.euros(10_000)
                        $0.line.net = Self.euros(10_000)
                        $0.line.taxCode = "VAT"
                        $0.line.taxBasisPoints = 1_900
                        $0.proposed = proposed
                        $0.remark = sealedField(20)
                    })), subject(.charge, UInt64(count)), subject(.client, house.client))
    }

    mutating func draft(_ house: House, _ charges: UInt64...) -> UInt64 {
        add(
            .billing(
                .invoiceDrafted(
                    .with {
                        $0.account.client = house.client
                        $0.charges = charges
                    })), subject(.invoice, UInt64(count)), subject(.client, house.client))
    }

    mutating func issue(_ house: House, _ invoice: UInt64, _ charge: UInt64, _ number: String) {
        add(
            .billing(
                .invoiceIssued(
                    .with {
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.number = number
                        $0.issuedOn = "2026-01-06"
                        $0.dueOn = "2026-01-20"
                        $0.lines = [Self.line(of: charge)]
                        $0.net = Self.euros(10_000)
                        $0.tax = Self.euros(1_900)
                        $0.total = Self.euros(11_900)
                    })), subject(.invoice, invoice), subject(.client, house.client))
    }

    static func line(of charge: UInt64) -> InvoiceLine {
        .with {
            $0.charge = charge
            $0.kind = .session
            $0.description_p = "Professional services, 50 min"
            $0.serviceDate = "2026-01-05"
            $0.quantity = 1
            $0.unit = euros(10_000)
            $0.net = euros(10_000)
            $0.taxCode = "VAT"
            $0.taxBasisPoints = 1_900
            $0.tax = euros(1_900)
            $0.gross = euros(11_900)
        }
    }

    mutating func bill(_ house: House) {
        let about = subject(.client, house.client)
        let (first, second) = (charge(house), charge(house))
        let (fee, mistaken) = (charge(house, proposed: true), charge(house))
        add(
            .billing(
                .chargeAdjusted(
                    .with {
                        $0.charge = mistaken
                        $0.client = house.client
                        $0.line.net = Self.euros(5_000)
                        $0.reason = sealedField(21)
                    })), about)
        add(
            .billing(
                .chargeVoided(
                    .with {
                        $0.charge = mistaken; $0.client = house.client
                    })), about)
        add(
            .billing(
                .feeWaived(
                    .with {
                        $0.charge = fee; $0.client = house.client
                    })), about)
        let discarded = draft(house, first)
        add(
            .billing(
                .invoiceDraftDiscarded(
                    .with {
                        $0.invoice = discarded; $0.account.client = house.client
                    })), about)
        let invoice = draft(house, first)
        issue(house, invoice, first, "INV-2026-000001")
        let void = draft(house, second)
        issue(house, void, second, "INV-2026-000002")
        add(
            .billing(
                .invoiceVoided(
                    .with {
                        $0.invoice = void
                        $0.account.client = house.client
                        $0.voidedOn = "2026-01-07"
                        $0.lines = [Self.line(of: second)]
                        $0.total = Self.euros(11_900)
                    })), about)
        credit(house, invoice)
        pay(house, invoice)
    }

    private mutating func credit(_ house: House, _ invoice: UInt64) {
        let about = subject(.client, house.client)
        let note = add(
            .billing(
                .creditNoteIssued(
                    .with {
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.number = "CN-2026-000001"
                        $0.issuedOn = "2026-01-08"
                        $0.lines = [
                            .with {
                                $0.kind = .session
                                $0.net = Self.euros(1_000)
                                $0.taxCode = "VAT"
                                $0.tax = Self.euros(190)
                                $0.gross = Self.euros(1_190)
                            }
                        ]
                        $0.total = Self.euros(1_190)
                    })), about)
        add(
            .billing(
                .creditApplied(
                    .with {
                        $0.creditNote = note
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.amount = Self.euros(1_190)
                        $0.appliedOn = "2026-01-08"
                    })), about)
        let writeOff = add(
            .billing(
                .writeOffRecorded(
                    .with {
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.number = "WO-000001"
                        $0.amount = Self.euros(10)
                        $0.reason = .smallBalance
                        $0.writtenOffOn = "2026-01-08"
                    })), about)
        add(
            .billing(
                .writeOffReversed(
                    .with {
                        $0.writeOff = writeOff
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.amount = Self.euros(10)
                        $0.reason = .smallBalance
                        $0.reversedOn = "2026-01-08"
                    })), about)
    }

    private mutating func pay(_ house: House, _ invoice: UInt64) {
        let about = subject(.client, house.client)
        let payment = add(
            .billing(
                .paymentRecorded(
                    .with {
                        $0.account.client = house.client
                        $0.number = "PAY-000001"
                        $0.amount = Self.euros(12_000)
                        $0.method = .transfer
                        $0.receivedOn = "2026-01-09"
                    })), about)
        let allocation = add(
            .billing(
                .paymentAllocated(
                    .with {
                        $0.payment = payment
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.amount = Self.euros(10_710)
                        $0.allocatedOn = "2026-01-09"
                    })), about)
        add(
            .billing(
                .refundIssued(
                    .with {
                        $0.account.client = house.client
                        $0.number = "RFD-000001"
                        $0.payment = payment
                        $0.amount = Self.euros(1_290)
                        $0.method = .transfer
                        $0.refundedOn = "2026-01-10"
                    })), about)
        add(
            .billing(
                .allocationReversed(
                    .with {
                        $0.allocation = allocation
                        $0.payment = payment
                        $0.invoice = invoice
                        $0.account.client = house.client
                        $0.amount = Self.euros(10_710)
                        $0.reversedOn = "2026-01-11"
                    })), about)
        add(
            .billing(
                .paymentReversed(
                    .with {
                        $0.payment = payment
                        $0.account.client = house.client
                        $0.amount = Self.euros(10_710)
                        $0.method = .transfer
                        $0.reason = .bounced
                        $0.reversedOn = "2026-01-11"
                    })), about)
        let opening = add(
            .billing(
                .openingBalanceImported(
                    .with {
                        $0.account.client = house.client
                        $0.number = "OB-000001"
                        $0.asOf = "2026-01-01"
                        $0.amount = Self.euros(5_000)
                    })), about)
        add(
            .billing(
                .openingBalanceWithdrawn(
                    .with {
                        $0.openingBalance = opening
                        $0.account.client = house.client
                        $0.amount = Self.euros(5_000)
                        $0.withdrawnOn = "2026-01-12"
                    })), about)
    }
}
