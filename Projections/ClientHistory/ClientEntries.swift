import ProjectionKit
import Schema

extension ClientHistoryView {
    static func entries(of event: ClientsEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .clientRegistered(let event): entries(of: event, recorded)
        case .clientDetailsUpdated(let event): [entry(of: event, recorded)]
        case .careTeamMemberAssigned(let event): [entry(of: event)]
        }
    }

    private static func entries(of event: ClientRegistered, _ recorded: Recorded) -> [Entry] {
        let id = recorded.position
        var entry = Entry(client: id, subject: id)
        entry.facts.add("number", text: event.number)
        entry.facts.add("jurisdiction", text: event.jurisdiction)
        entry.facts.add("minor", event.minor)
        if event.hasMajorityAt { entry.facts.add(instant: "majorityAt", event.majorityAt) }
        entry.facts.add("duplicatesAcknowledged", event.duplicatesAcknowledged)
        entry.facts.add(event.source)
        entry.texts = texts(SealedClientDetails(event, recorded))
        let others = event.duplicatesAcknowledged.map { other in
            var entry = Entry(client: other, subject: id)
            entry.facts.add("foundToBeAnother", id)
            return entry
        }
        return [entry] + others
    }

    private static func entry(of event: ClientDetailsUpdated, _ recorded: Recorded) -> Entry {
        var entry = Entry(client: event.client, subject: event.client)
        if event.hasJurisdiction { entry.facts.add("jurisdiction", text: event.jurisdiction) }
        if event.hasMinor { entry.facts.add("minor", event.minor) }
        if event.hasMajorityAt { entry.facts.add(instant: "majorityAt", event.majorityAt) }
        entry.texts = texts(SealedClientDetails(event, recorded))
        return entry
    }

    private static func entry(of event: CareTeamMemberAssigned) -> Entry {
        var entry = Entry(client: event.client, subject: event.client)
        entry.facts.add("staff", event.staff)
        entry.facts.add("role", word: event.role)
        entry.facts.add(instant: "fromAt", event.fromAt)
        if event.hasUntilAt { entry.facts.add(instant: "untilAt", event.untilAt) }
        if event.hasReplaces { entry.facts.add("replaces", event.replaces) }
        return entry
    }

    private static func texts(_ details: SealedClientDetails) -> [(name: String, place: SealedAt?)] {
        [
            ("givenName", details.givenName), ("familyName", details.familyName),
            ("preferredName", details.preferredName), ("dateOfBirth", details.dateOfBirth),
            ("email", details.email), ("phone", details.phone), ("address", details.address),
            ("pronouns", details.pronouns), ("remark", details.remark),
            ("minorConsentBasis", details.minorConsentBasis),
        ]
    }

    static func entries(of event: ChartingEvent, _ recorded: Recorded) -> [Entry] {
        switch event {
        case .contactRecorded(let event): [entry(of: event, recorded)]
        case .noteStarted, .noteDraftSaved, .noteDraftDiscarded, .noteSigned, .noteCosigned, .noteReturned,
            .noteAddendumSigned, .noteMarkedEnteredInError:
            noteEntries(of: event, recorded)
        }
    }

    private static func entry(of event: ContactRecorded, _ recorded: Recorded) -> Entry {
        var entry = Entry(client: event.client, subject: recorded.position)
        entry.facts.add("staff", event.staff)
        entry.facts.add("channel", word: event.channel)
        entry.facts.add("direction", word: event.direction)
        entry.facts.add(instant: "contactedAt", event.contactedAt)
        entry.facts.add("minutes", event.minutes)
        var ordinal: UInt32 = 0
        for (name, field) in [("with", event.with), ("summary", event.summary), ("action", event.action)] {
            entry.texts.append((name, recorded.sealed(field, ordinal: &ordinal, of: event.client, .clinical)))
        }
        return entry
    }
}
