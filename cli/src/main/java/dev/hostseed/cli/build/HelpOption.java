package dev.hostseed.cli.build;

import picocli.CommandLine.Option;

/// What every command has.
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell this, and exit.")
    private boolean help;
}
