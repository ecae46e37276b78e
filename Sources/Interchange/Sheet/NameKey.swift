/// How the names of therapists, places and services are compared, in a sheet and with what is on file: letter case and
/// runs of white space do not count, accents do.
public enum NameKey {
    public static func of(_ name: String) -> String { name.nameKey }
}
