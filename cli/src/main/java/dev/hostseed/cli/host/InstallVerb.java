package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.signature.Admission;
import dev.hostseed.systemd.release.Installer;
import dev.hostseed.systemd.release.Systemctl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// `hostseed install`: puts the release of a seed on this host, or on the tree of one.
final class InstallVerb {
    private static final String ALLOW_DOWNGRADE = "--allow-downgrade";

    static final String HELP = """
            Usage: hostseed install --from DIRECTORY --expect DIGEST --instance ID [--root DIRECTORY]

            Copies runtime, release and images from a seed's medium to the host's own disk, verifying each byte; then
            switches to the new release and starts it. Until then nothing that was there is changed. Once there is a
            key in /etc/hostseed/trusted.d, the lock of the images has to be signed by one of those, and be no older
            than what this host had.

              --from DIRECTORY   the directory 'hostseed' of a medium
              --expect DIGEST    of its SHA256SUMS, as user-data has it: sha256:…
              --instance ID      the seed's instance-id: the mark that it was installed
              --root DIRECTORY   install into the tree of a host that does not run; nothing is started
              --allow-downgrade  take a lock that is older than what this host had
              -q, --quiet        say nothing but what is wrong
            """;

    private InstallVerb() {}

    static int run(List<String> words) throws Exception {
        var arguments = new Arguments(
                words, List.of("--from", "--expect", "--instance", "--root"), List.of("--quiet", ALLOW_DOWNGRADE));
        arguments.operands();
        var terminal = Terminal.ofThisProcess(arguments.has("--quiet"));
        var root = Path.of(arguments.get("--root", "/"));
        var systemctl = arguments.has("--root") ? Systemctl.none() : Systemctl.ofSystem(Duration.ofMinutes(2));
        var terms = arguments.has(ALLOW_DOWNGRADE) ? Admission.Terms.ANY_VERSION : Admission.Terms.ALL_DEMANDS;
        var admission = new Admission(root, Disk.real(), InstantSource.system(), terms, terminal::fail);
        new Installer(root, Disk.real(), systemctl, terminal::say)
                .install(
                        Path.of(arguments.require("--from")),
                        expected(arguments),
                        arguments.require("--instance"),
                        admission);
        return ExitCode.OK.code();
    }

    private static Digest expected(Arguments arguments) throws UsageException {
        try {
            return new Digest(arguments.require("--expect"));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--expect: " + wrong.getMessage());
        }
    }
}
