package dev.hostseed.systemd.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What is left to do when a supervisor has ended.
///
/// Rule: systemd.exec(5), "$SERVICE_RESULT", "$EXIT_CODE, $EXIT_STATUS".
record Cleanup(ContainerDefinition definition, Surroundings around, RunFiles files) {
    private static final Duration TO_ANSWER = Duration.ofSeconds(2);
    private static final Duration TO_REMOVE = Duration.ofSeconds(20);

    void run() throws IOException {
        if (leavesContainerToItsSuccessor()) {
            around.reporter().report("the supervisor was killed; its container stays for the next one to adopt");
            return;
        }
        try {
            around.engine().withIdleTimeout(TO_ANSWER).ping();
        } catch (IOException away) {
            killByCgroup(away);
            files.forgetStop();
            return;
        }
        remove();
        new Grants(definition, around).remove();
        files.forgetAll();
    }

    private boolean leavesContainerToItsSuccessor() {
        var code = around.environment().getOrDefault("EXIT_CODE", "");
        var result = around.environment().getOrDefault("SERVICE_RESULT", "");
        return (code.equals("killed") || code.equals("dumped"))
                && !result.equals("timeout")
                && !files.stopWasAskedFor();
    }

    private void remove() throws IOException {
        try {
            new Container(definition, around.engine().withIdleTimeout(TO_REMOVE), around.reporter()).remove();
        } catch (PolicyException foreign) {
            around.reporter().report(foreign.getMessage() + ", ignoring");
        }
    }

    /// Rule: cgroups(7), "cgroup.kill", since Linux 5.14.
    private void killByCgroup(IOException away) throws IOException {
        var id = files.remembered();
        if (id.isEmpty()) {
            return; // there never was one
        }
        var kill = scopeOf(id).resolve("cgroup.kill");
        if (Files.exists(kill)) {
            Files.writeString(kill, "1");
            around.reporter().report("killed the container by its cgroup, as the Docker Engine does not answer");
        } else if (Files.exists(kill.resolveSibling("cgroup.procs"))) {
            throw away; // it may live on: no cgroup.kill in this kernel
        }
    }

    private Path scopeOf(String id) {
        return Slices.of(definition, around.cgroups()).resolve("docker-" + id + ".scope");
    }
}
