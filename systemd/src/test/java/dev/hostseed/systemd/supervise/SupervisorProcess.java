package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.engine.EngineUnreachableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the tests start as a process of its own: the supervisor as a command runs it.
final class SupervisorProcess {
    private SupervisorProcess() {}

    /// @param arguments `run` or `clean`, the file of a definition, the Engine's socket, the release, the run directory
    public static void main(String[] arguments) throws IOException {
        var definition = ContainerDefinition.of(Json.readMapping(Files.readAllBytes(Path.of(arguments[1]))));
        var around = new Surroundings(
                Engine.at(Path.of(arguments[2])),
                Path.of(arguments[3]),
                Path.of(arguments[4]),
                Path.of(arguments[4]).resolveSibling("done"),
                Path.of("/sys/fs/cgroup"),
                System.getenv(),
                List.of("sh", "-c", System.getenv().getOrDefault("LOAD", "false")),
                System.out::println);
        System.exit(end(arguments[0], definition, around));
    }

    private static int end(String verb, ContainerDefinition definition, Surroundings around) throws IOException {
        try {
            if (verb.equals("clean")) {
                Supervisor.clean(definition, around);
                return 0;
            }
            return new Supervisor(definition, around).runAsMainProcess();
        } catch (PolicyException foreign) {
            System.out.println(foreign.getMessage());
            return 9;
        } catch (HookFailedException failed) {
            System.out.println(failed.getMessage());
            return 6;
        } catch (NoImageException gone) {
            System.out.println(gone.getMessage());
            return 6;
        } catch (EngineRefusedException refused) {
            System.out.println(refused.getMessage());
            return 6;
        } catch (EngineUnreachableException away) {
            System.out.println(away.getMessage());
            return 5;
        }
    }
}
