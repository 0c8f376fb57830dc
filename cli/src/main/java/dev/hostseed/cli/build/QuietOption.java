package dev.hostseed.cli.build;

import picocli.CommandLine.Option;

/// How much a command says.
final class QuietOption {
    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but what is wrong.")
    boolean asked;
}
