import ArgumentParser

/// Where things are, as said on the command line.
struct Arguments: ParsableArguments {
    @Option(help: "The folder of the clinic's data.")
    var data: String?

    @Option(help: "The folder of its keys, outside the data; <data>.keys when left out.")
    var keys: String?

    @Option(help: "Where the socket is; <data>/daybook.sock when left out.")
    var socket: String?

    @Option(help: "A configuration file; config/daybook.yaml explains every key.")
    var config: String?
}
