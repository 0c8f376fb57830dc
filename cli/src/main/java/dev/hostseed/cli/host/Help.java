package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
/// What `hostseed --help` prints. The verbs of both halves stand here, since the launcher asks the quicker half.

final class Help {
    private Help() {}

    /// What `hostseed VERB --help` prints.
    static String of(String verb) {
        return switch (verb) {
            case "run" -> RunVerb.HELP;
            case "load" -> LoadVerb.HELP;
            case "ensure" -> EnsureVerb.HELP;
            case "install" -> InstallVerb.HELP;
            case "prune" -> PruneVerb.HELP;
            default -> text();
        };
    }

    static String text() {
        var text = new StringBuilder("""
                Usage: hostseed COMMAND [OPTION]...

                Makes one bootable seed of one Compose file: a Docker host that comes up offline,
                with its containers supervised by systemd.

                Where the Compose file is:
                  check FILE      say what is wrong with a Compose file
                  config FILE     print what Compose files say together, in their canonical form
                  build FILE      make the seed: user-data, units, images, seed.iso
                  bundle FILE     collect the images alone
                  bundle inspect, bundle sign, bundle verify
                                  show what is in a bundle, vouch for it, check it and who does

                On the host, called by the boot and by units:
                  install         put a seed's release on this host
                  load            verify a bundle and load it into the Docker Engine
                  ensure          make a network or a volume of a project
                  run SERVICE     supervise the container of a service
                  prune           remove images that no release needs

                hostseed COMMAND --help tells more of each; hostseed --version prints the version.

                Exit status:
                """);
        for (var code : ExitCode.values()) {
            text.append("  %d  %s%n".formatted(code.code(), code.meaning()));
        }
        return text.append("  run ends with its container's own, once the container has run\n")
                .toString();
    }
}
