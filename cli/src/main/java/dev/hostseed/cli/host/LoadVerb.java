package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.LoadReport;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.RecordedLoad;
import dev.hostseed.core.signature.Admission;
import dev.hostseed.systemd.notify.Notifier;
import dev.hostseed.systemd.release.HostImages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// `hostseed load`: verifies a bundle and loads what the Engine lacks of it.
final class LoadVerb {
    private static final String ALLOW_DOWNGRADE = "--allow-downgrade";
    private static final String SKIP_SIGNATURE = "--insecure-skip-signature";

    static final String HELP = """
            Usage: hostseed load (-p PROJECT | --bundle BUNDLE) [OPTION]...

            Loads the images of a bundle into the Docker Engine: what is there already is left alone, all else is
            verified against the lock before the Engine sees a byte of it, and looked at again afterwards.
            Once there is a key in /etc/hostseed/trusted.d, the lock has to be signed by one of those, and be no older
            than what this host had.

              -p, --project-name NAME  the project, whose current release has the bundle
              --bundle BUNDLE          a bundle elsewhere, a directory or an archive; with -p, only if it is of that project
              --root DIRECTORY         the tree of a host: of its keys and versions, and with -p its releases
              --docker-socket PATH     where the Engine listens; /var/run/docker.sock unless said
              --docker-timeout SECONDS  how long to wait for the Engine; not at all unless said
              --allow-downgrade        take a lock that is older than what this host had
              --insecure-skip-signature  take a lock whoever wrote it
              -q, --quiet              say nothing but what is wrong
            """;

    private LoadVerb() {}

    static int run(List<String> words) throws Exception {
        var options = new ArrayList<>(Places.OPTIONS);
        options.addAll(List.of("--bundle", "--root", EngineWait.OPTION));
        var flags = List.of("--quiet", ALLOW_DOWNGRADE, SKIP_SIGNATURE);
        var arguments = new Arguments(words, options, flags);
        arguments.operands();
        var engine = Places.engine(arguments);
        WarmUp.load(engine, arguments.has("--bundle")); // a release's images are there at all boots but the first
        var terminal = Terminal.ofThisProcess(arguments.has("--quiet"));
        var admission = new Admission(
                Path.of(arguments.get("--root", "/")),
                Disk.real(),
                InstantSource.system(),
                terms(arguments),
                terminal::fail);
        var bundle = bundle(arguments);
        var admitted = admitted(bundle, arguments, admission);
        if (!admitted.signedBy().isEmpty()) {
            terminal.say(bundle.resolve(Bundle.LOCK) + ": signed by " + admitted.signedBy());
        }
        load(bundle, admitted.lock(), engine, arguments, terminal);
        admission.remember(admitted);
        return ExitCode.OK.code();
    }

    private static Admission.Terms terms(Arguments arguments) {
        return arguments.has(SKIP_SIGNATURE)
                ? Admission.Terms.ANY_SIGNATURE
                : arguments.has(ALLOW_DOWNGRADE) ? Admission.Terms.ANY_VERSION : Admission.Terms.ALL_DEMANDS;
    }

    private static Path bundle(Arguments arguments) throws UsageException {
        return arguments.has("--bundle")
                ? Path.of(arguments.require("--bundle"))
                : Places.of(arguments).state().resolve("bundle");
    }

    private static Admission.Admitted admitted(Path bundle, Arguments arguments, Admission admission)
            throws IOException, UsageException {
        if (!arguments.has("--bundle")) {
            return admission.admitInstalled(bundle, Places.of(arguments).project());
        }
        var admitted = admission.admit(bundle);
        if (arguments.has("--project-name")) {
            admitted.requireFor(Places.of(arguments).project(), bundle);
        }
        return admitted;
    }

    private static void load(Path bundle, Lock lock, Engine engine, Arguments arguments, Terminal terminal)
            throws IOException, UsageException {
        Places.sayWhatIsIgnored(arguments, System.getenv(), terminal);
        var systemd = Notifier.of(System.getenv());
        EngineWait.of(arguments).await(engine, systemd::status);
        var report = loaded(bundle, lock, engine, arguments, systemd, terminal);
        systemd.status("the Docker Engine has " + Plural.of(report.outcomes().size(), "image"));
        for (var outcome : report.outcomes().entrySet()) {
            terminal.say(outcome.getKey()
                    + switch (outcome.getValue()) {
                        case PRESENT -> ": there already";
                        case TAGGED -> ": there already, named anew";
                        case LOADED -> ": loaded";
                    });
        }
    }

    /// A bundle that is no release's is no part of what the host remembers.
    private static LoadReport loaded(
            Path bundle, Lock lock, Engine engine, Arguments arguments, Notifier systemd, Terminal terminal)
            throws IOException, UsageException {
        try (var line = new ProgressLine(terminal)) {
            var progress = new ToldProgress(systemd, line);
            if (arguments.has("--bundle")) {
                return RecordedLoad.unrecorded(bundle, lock, List.of(), engine, progress);
            }
            var project = Places.of(arguments).state().resolveSibling(".");
            var earlier = HostImages.earlier(project, terminal::say);
            var record = project.resolve(HostImages.RECORD);
            return RecordedLoad.load(bundle, lock, earlier, engine, record, progress, terminal::say);
        }
    }
}
