extension RawTable {
    /// Refuses tables of which some are lost. Those of an environment are made together, so that all are there or none; one
    /// whose name is damaged would be begun anew beside its own rows, and whatever it said would count for nothing.
    ///
    /// - Throws: `lostTable`.
    public static func requireAllOrNone(_ tables: [RawTable]) throws(LMDBError) {
        guard let lost = tables.first(where: \.isMade), tables.contains(where: { !$0.isMade }) else { return }
        throw .lostTable(lost.name)
    }

    /// Refuses rows without the mark of how far they go, which is committed with them: they would be taken for none, and
    /// made a second time.
    ///
    /// - Throws: `damaged`, of the mark.
    public static func requireNoRows(
        _ tables: [RawTable], without mark: String, of table: RawTable,
        in transaction: borrowing some Transaction & ~Copyable
    ) throws(LMDBError) {
        for each in tables where try each.count(in: transaction) > 0 {
            throw .damaged(table: table.name, key: [UInt8](mark.utf8))
        }
    }
}
