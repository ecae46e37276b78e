import LMDBKit
import ProjectionKit
import Schema

extension ListLocations: Query {
    public static let permission = Permission.viewDirectory

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListLocationsAnswer {
        let filter = try TextFilter(name, field: "name")
        var answer = ListLocationsAnswer()
        try view.locations.scanAll(in: transaction) { _, row in
            if filter.matches(row.name) { answer.rows.append(row) }
            return .next
        }
        return answer
    }
}

extension ListRooms: Query {
    public static let permission = Permission.viewDirectory

    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListRoomsAnswer {
        if hasLocation, try !view.locations.contains(location, in: transaction) {
            throw Refusal.missing("location", location, field: "location")
        }
        let filter = try TextFilter(name, field: "name")
        var answer = ListRoomsAnswer()
        try view.rooms.scanAll(in: transaction) { _, row in
            guard !hasLocation || row.location == location, filter.matches(row.name) else { return .next }
            answer.rows.append(row)
            return .next
        }
        for index in answer.rows.indices {
            if let place = try view.locations.get(answer.rows[index].location, in: transaction) {
                answer.rows[index].locationName = place.name
            }
        }
        return answer
    }
}

extension ListServices: Query {
    public static let permission = Permission.viewDirectory

    /// Each with the price in force today, by the date at the practice.
    public func answer(
        from view: DirectoryView, in transaction: borrowing ReadTransaction, _ question: Question
    ) throws -> ListServicesAnswer {
        let filter = try TextFilter(name, field: "name")
        var answer = ListServicesAnswer()
        try view.services.scanAll(in: transaction) { _, row in
            if filter.matches(row.name, row.code) { answer.rows.append(row) }
            return .next
        }
        guard let today = try view.today(question.nowMs, in: transaction) else { return answer }
        for index in answer.rows.indices {
            if let price = try view.price(of: answer.rows[index].id, on: today, in: transaction) {
                answer.rows[index].price = price
            }
        }
        return answer
    }
}
