package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.Prune;
import dev.hostseed.systemd.release.HostImages;
import java.nio.file.Path;
import java.util.List;

/// `hostseed prune`: removes images of earlier releases.
final class PruneVerb {
    static final String HELP = """
            Usage: hostseed prune [OPTION]...

            Removes images from the Docker Engine that hostseed loaded, and that no project's release needs: neither the
            one in use nor the one before it. What a container uses, running or stopped, stays; so does what somebody
            gave another name, and whatever hostseed did not load. What a load that failed has left goes, too.

              --dry-run             say what would be removed, and remove nothing
              --docker-socket PATH  where the Engine listens; /var/run/docker.sock unless said
              --docker-timeout SECONDS  how long to wait for the Engine; not at all unless said
              --root DIRECTORY      the tree of the host; / unless said
              -q, --quiet           say nothing but what is wrong
            """;

    private PruneVerb() {}

    static int run(List<String> words) throws Exception {
        WarmUp.engine();
        var options = List.of("--docker-socket", EngineWait.OPTION, "--root");
        var arguments = new Arguments(words, options, List.of("--dry-run", "--quiet"));
        arguments.operands();
        var terminal = Terminal.ofThisProcess(arguments.has("--quiet"));
        Places.sayWhatIsIgnored(arguments, System.getenv(), terminal);
        var engine = Places.engine(arguments);
        EngineWait.of(arguments).await(engine, _ -> {});
        var dryRun = arguments.has("--dry-run");
        var host = new HostImages(Path.of(arguments.get("--root", "/")), terminal::say);
        tell(host.prune(engine, dryRun), dryRun, terminal);
        return ExitCode.OK.code();
    }

    private static void tell(Prune.Report pruned, boolean dryRun, Terminal terminal) {
        pruned.fates().forEach((image, fate) -> tell(image, fate, dryRun, terminal));
        var removed = pruned.fates().values().stream()
                .filter(fate -> fate instanceof Prune.Fate.Removed)
                .count();
        if (pruned.parts() > 0) {
            terminal.say(Plural.of(pruned.parts(), "image") + " that a failed load has left: "
                    + (dryRun ? "would be removed" : "removed"));
        }
        if (dryRun) {
            terminal.say(Plural.of(removed, "image") + " would be removed");
        } else {
            terminal.say(Plural.of(removed, "image") + " removed, " + Plural.ofBytes(pruned.freed()) + " free again");
        }
    }

    private static void tell(Brought image, Prune.Fate fate, boolean dryRun, Terminal terminal) {
        var name = image.reference() + " (" + image.config().hex().substring(0, 12) + ")";
        switch (fate) {
            case Prune.Fate.Removed(var size) ->
                terminal.say(name + (dryRun ? ": would be removed, " : ": removed, ") + Plural.ofBytes(size)
                        + " with what others share");
            case Prune.Fate.Kept(var why) -> terminal.say(name + ": kept, " + why);
            case Prune.Fate.Gone() -> {}
        }
    }
}
