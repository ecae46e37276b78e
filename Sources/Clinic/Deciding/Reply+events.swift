import Schema
import Timetable

extension Reply {
    /// The reply to a command, from its events alone: so that a repeated command is answered as the first time.
    public init(to events: ArraySlice<Recorded>) {
        self.init()
        guard let first = events.first, let last = events.last else { return }
        position = last.position
        id = first.founded ?? first.header.subjects.first?.id ?? first.position
        for recorded in events { describe(recorded, isFirst: recorded.position == first.position) }
    }

    private mutating func describe(_ recorded: Recorded, isFirst: Bool) {
        switch recorded.event {
        case .scheduling(.appointmentBooked(let event)): describe(event.arrangement)
        case .scheduling(.appointmentRescheduled(let event)):
            if isFirst {
                describe(event.arrangement)
                late = event.late
            } else {
                changed.append(event.appointment)
            }
        case .scheduling(.appointmentCancelled(let event)):
            if isFirst { late = event.late } else { changed.append(event.appointment) }
        case .scheduling(.conflictOverridden(let event)): overridden = event.classes
        case .clients(.clientRegistered(let event)): number = event.number
        case .availability(.timeOffRequested(let event)): affected = event.affected
        case .billing(let event): describe(event, recorded.position)
        case .charting(let event): describe(event)
        case .practice, .staff, .places, .clients, .availability, .scheduling, .access, .interchange: break
        }
    }

    private mutating func describe(_ event: ChartingEvent) {
        switch event {
        case .noteDraftSaved(let event): revision = event.revision
        case .noteSigned(let event):
            revision = event.revision
            lateEntry = event.lateEntry
            awaitsCosign = event.awaitsCosign
        case .contactRecorded, .noteStarted, .noteDraftDiscarded, .noteCosigned, .noteReturned, .noteAddendumSigned,
            .noteMarkedEnteredInError:
            break
        }
    }

    private mutating func describe(_ event: BillingEvent, _ position: UInt64) {
        switch event {
        case .chargePosted: charge = position
        case .invoiceIssued(let event): number = event.number
        case .creditNoteIssued(let event): number = event.number
        case .paymentRecorded(let event): number = event.number
        case .refundIssued(let event): number = event.number
        case .writeOffRecorded(let event): number = event.number
        case .openingBalanceImported(let event): number = event.number
        case .paymentAllocated(let event): allocate(event.amount, to: event.invoice)
        case .creditApplied(let event): allocate(event.amount, to: event.invoice)
        case .allocationReversed(let event): changed.append(event.invoice)
        case .taxCodeDefined, .payerDefined, .chargeAdjusted, .chargeVoided, .feeWaived, .invoiceDrafted,
            .invoiceDraftDiscarded, .invoiceVoided, .paymentReversed, .writeOffReversed, .openingBalanceWithdrawn:
            break
        }
    }

    private mutating func allocate(_ amount: Money, to invoice: UInt64) {
        // What one command allocates is within a payment or an invoice, so that no sum overflows.
        allocated.minor += amount.minor
        allocated.currency = amount.currency
        changed.append(invoice)
    }

    private mutating func describe(_ arrangement: Arrangement) {
        let time = arrangement.time
        if arrangement.hasRoom { room = arrangement.room }
        start = time.startLocal
        if let end = Zone(time.zone)?.local(ofMs: time.endAt)?.description { self.end = end }
        if time.dst == .overlapFirst { overlapFirst = true }
    }
}

extension Recorded {
    /// The id of what this event founds, or nil for an event about something founded before.
    public var founded: UInt64? {
        switch type {
        case .practiceInitialised, .staffAdded, .locationAdded, .roomAdded, .serviceDefined, .priceListPublished,
            .clientRegistered, .extraOpeningAdded, .timeOffRequested, .appointmentBooked, .contactRecorded,
            .socketUserLinked, .tokenIssued, .importApplied, .cancellationPolicyPublished, .noteStarted,
            .noteAddendumSigned, .payerDefined, .chargePosted, .invoiceDrafted, .creditNoteIssued, .paymentRecorded,
            .paymentAllocated, .refundIssued, .writeOffRecorded, .openingBalanceImported:
            position
        case .clockAccepted, .roleAssigned, .roleRevoked, .staffServicesSet, .clientDetailsUpdated,
            .careTeamMemberAssigned, .weeklyHoursSet, .timeOffApproved, .appointmentRescheduled,
            .appointmentCancelled, .appointmentConfirmed, .clientCheckedIn, .sessionStarted, .sessionEnded,
            .sessionRecordedRetrospectively, .appointmentMarkedNoShow, .appointmentMarkedEnteredInError,
            .conflictOverridden, .tokenRevoked, .enrolmentCompleted, .recordAccessed, .accessDenied, .ownerRecovered,
            .socketUserUnlinked, .importUndone, .practiceProfileUpdated, .noteDraftSaved, .noteDraftDiscarded,
            .noteSigned, .noteCosigned,
            .noteReturned, .noteMarkedEnteredInError, .taxCodeDefined, .chargeAdjusted, .chargeVoided, .feeWaived,
            .invoiceDraftDiscarded, .invoiceIssued, .invoiceVoided, .creditApplied, .allocationReversed,
            .paymentReversed, .writeOffReversed, .openingBalanceWithdrawn:
            nil
        }
    }
}
