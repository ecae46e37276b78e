import Schema
import SwiftProtobuf

/// A charge to which something is about to happen.
struct ChargeInHand {
    let id: UInt64
    let state: ChargeState

    var posted: ChargePosted { state.posted }
    var subjects: [Subject] { posted.subjects(id) }

    /// It was proposed for a missed appointment.
    var isFee: Bool { posted.kind == .lateCancel || posted.kind == .noShow }

    /// 1.9: a fee is what the policy says, and waived by whoever may.
    func requireNoFee() throws(Refusal) {
        guard isFee else { return }
        throw Refusal.field(
            "charge",
            "A fee for a missed appointment is as the policy says. Waive it, or leave it: daybook charge waive")
    }

    /// INV-BILL-05 and -06: what is on an invoice stays as it is there.
    func requireOnNoInvoice(field: String = "charge") throws(Refusal) {
        switch state.standing {
        case .pending, .unspecified, .UNRECOGNIZED: return
        case .drafted:
            throw refusal(
                "INV-BILL-06", "On a draft",
                "Charge \(id) is on invoice draft \(state.invoice). Discard the draft first.",
                field)
        case .invoiced:
            throw refusal(
                "INV-BILL-05", "On an invoice",
                "Charge \(id) is on an issued invoice, which nobody changes. Credit it.",
                field)
        case .credited:
            throw refusal("INV-BILL-05", "Credited", "Charge \(id) was invoiced and credited. Post a new one.", field)
        case .waived: throw Refusal.unchanged("Charge \(id) was waived.").with { $0.field = field }
        case .voided: throw Refusal.unchanged("Charge \(id) was voided.").with { $0.field = field }
        }
    }

    private func refusal(_ rule: String, _ title: String, _ detail: String, _ field: String) -> Refusal {
        Refusal.rule(rule, title, detail).with {
            $0.field = field
            $0.involved = state.hasInvoice ? [state.invoice] : []
        }
    }
}

extension ClinicState {
    /// The charge that a command names.
    borrowing func chargeInHand(_ id: UInt64?) throws -> ChargeInHand {
        let id = try Fields.required(id, "charge", "the charge's id")
        return ChargeInHand(id: id, state: try charge(id))
    }

    borrowing func target(charge id: UInt64?) throws -> Target {
        let posted = try chargeInHand(id).posted
        return Target(client: posted.client, staff: posted.hasStaff ? posted.staff : nil)
    }

    /// What the books before these asked for a mistaken appointment is not owed: somebody takes that off first.
    borrowing func requireNothingOwedBefore(for appointment: AppointmentState) throws {
        guard let id = try openingBalance(of: appointment), try openingBalance(id).amount > 0 else { return }
        let owed = try invoice(id)
        guard owed.openMinor > 0 else { return }
        throw Refusal.rule(
            "INV-SCHED-26", "Owed in the books before these",
            "\(owed.number) is owed for it. Write that off first: daybook invoice write-off \(owed.number) --reason courtesy"
        )
        .with { $0.involved = [id] }
    }

    private static var voidedMax: Int { 500 }

    /// The charges of a mistaken appointment go with it, unless they are on an invoice (INV-SCHED-26), or more than one
    /// command may take back.
    borrowing func voidDrafts(ofAppointment id: UInt64, because reason: String) throws -> [Draft] {
        var drafts: [Draft] = []
        for (charge, state) in try charges(ofAppointment: id) where !state.isIssuedAtNothing {
            switch state.standing {
            case .pending:
                let event = ChargeVoided.with {
                    $0.charge = charge
                    $0.client = state.posted.client
                }
                let text = PrivateText(reason, of: state.posted.client, .billing)
                drafts.append(Draft(event, about: state.posted.subjects(charge), texts: [(\.reason, text)]))
            case .drafted, .invoiced:
                throw Refusal.rule(
                    "INV-SCHED-26", "On an invoice",
                    state.standing == .drafted
                        ? "Its charge is on invoice draft \(state.invoice). Discard the draft first."
                        : "Its charge is on an issued invoice. Void or credit that first."
                )
                .with { $0.involved = [charge, state.invoice] }
            case .credited, .waived, .voided, .unspecified, .UNRECOGNIZED: continue
            }
        }
        guard drafts.count <= Self.voidedMax else {
            throw Refusal.rule(
                "INV-SCHED-26", "Too many charges",
                "It has more than \(Self.voidedMax) charges. Void some of them first: daybook do VoidCharge")
        }
        return drafts
    }
}
