/// How the names of therapists, places and services are compared in a sheet: letter case and runs of white space do not
/// count, accents do.
public enum NameKey {
    public static func of(_ name: String) -> String { name.nameKey }

    /// The same, without accents: how a name is looked for on file when none there is written so.
    public static func plain(_ name: String) -> String { name.plainNameKey }
}
