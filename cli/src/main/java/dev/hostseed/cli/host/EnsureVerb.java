package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.systemd.supervise.Ensurer;
import dev.hostseed.systemd.supervise.NetworkDefinition;
import dev.hostseed.systemd.supervise.VolumeDefinition;
import java.util.ArrayList;
import java.util.List;

/// `hostseed ensure`: makes a network or a volume of a project, where it is not there.
final class EnsureVerb {
    static final String HELP = """
            Usage: hostseed ensure -p PROJECT (--network KEY | --volume KEY) [OPTION]...

            Makes a network or a volume of the project, where it is not there. What is there and belongs to somebody
            else is left alone; a volume is never removed.

              -p, --project-name NAME  the project
              --state DIRECTORY        the release; /var/lib/hostseed/PROJECT/current unless said
              --docker-socket PATH     where the Engine listens; /var/run/docker.sock unless said
            """;

    private EnsureVerb() {}

    static int run(List<String> words, Terminal terminal) throws Exception {
        WarmUp.engine();
        var options = new ArrayList<>(Places.OPTIONS);
        options.add("--network");
        options.add("--volume");
        var arguments = new Arguments(words, options, List.of());
        arguments.operands();
        var places = Places.of(arguments);
        if (arguments.has("--network") == arguments.has("--volume")) {
            throw new UsageException("expected either --network or --volume");
        }
        var ensurer = new Ensurer(places.engine(), terminal::say);
        if (arguments.has("--network")) {
            ensurer.ensure(NetworkDefinition.of(places.definition("networks", arguments.require("--network"))));
        } else {
            ensurer.ensure(VolumeDefinition.of(places.definition("volumes", arguments.require("--volume"))));
        }
        return ExitCode.OK.code();
    }
}
