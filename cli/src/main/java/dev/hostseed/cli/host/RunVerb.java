package dev.hostseed.cli.host;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.systemd.supervise.ContainerDefinition;
import dev.hostseed.systemd.supervise.Supervisor;
import dev.hostseed.systemd.supervise.Surroundings;
import dev.hostseed.systemd.unit.UnitNames;
import java.nio.file.Path;
import java.util.List;

/// `hostseed run`: the main process of a service's unit, and with `--clean` what follows it.
final class RunVerb {
    static final String HELP = """
            Usage: hostseed run -p PROJECT SERVICE [OPTION]...

            Supervises the container of SERVICE: makes and starts it, or adopts it if it runs already; tells systemd
            when it is running, or healthy if it has a health check; ends when it ends, with its exit status.
            SIGTERM stops the container. One of several containers is SERVICE@2; what runs before them is
            SERVICE@pre-start-1.

              -p, --project-name NAME  the project
              --clean                  clear up after a supervisor that has ended (ExecStopPost=)
              --state DIRECTORY        the release; /var/lib/hostseed/PROJECT/current unless said
              --run-directory DIRECTORY  state until the next boot; /run/hostseed/PROJECT unless said
              --docker-socket PATH     where the Engine listens; /var/run/docker.sock unless said
            """;

    private RunVerb() {}

    static int run(List<String> words, Terminal terminal) throws Exception {
        WarmUp.engine();
        var arguments = new Arguments(words, Places.OPTIONS, List.of("--clean"));
        var places = Places.of(arguments);
        var service = arguments.operands("SERVICE").getFirst();
        var definition = ContainerDefinition.of(places.definition("containers", service));
        var around = new Surroundings(
                places.engine(),
                places.state(),
                places.run(),
                places.state().resolveSibling("done"),
                Path.of("/sys/fs/cgroup"),
                System.getenv(),
                List.of(
                        "systemctl",
                        "reload",
                        UnitNames.images(places.project()).value()),
                terminal::say);
        if (arguments.has("--clean")) {
            Supervisor.clean(definition, around);
            return ExitCode.OK.code();
        }
        return new Supervisor(definition, around).runAsMainProcess();
    }
}
