package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whether the files on which docker-compose and we are compared have every key that we read.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParityFilesTest {
    private static final Path FILES = Path.of("../systemd/src/test/parity");

    /// Places that they leave alone, and why.
    private static final Map<String, String> NOT_COMPARED = Map.ofEntries(
            Map.entry("", "its keys are sections"),
            Map.entry("include/*", "it is resolved before a key is read"),
            Map.entry("services/*/build", "it is done before there is a container"),
            Map.entry("services/*/build/secrets/*", "as before"),
            Map.entry("services/*/build/ulimits/*", "as before"),
            Map.entry("services/*/configs/*", "docker-compose leaves owner and mode to the file"),
            Map.entry("services/*/deploy", "what it says of a container is compared by the keys that say it too"),
            Map.entry("services/*/deploy/placement", "as before"),
            Map.entry("services/*/deploy/resources", "as before"),
            Map.entry("services/*/deploy/resources/limits", "as before"),
            Map.entry("services/*/deploy/resources/reservations", "as before"),
            Map.entry("services/*/deploy/resources/reservations/devices/*", "as before"),
            Map.entry("services/*/deploy/restart_policy", "systemd starts again, the Engine does not"),
            Map.entry("services/*/deploy/rollback_config", "a swarm alone has it"),
            Map.entry("services/*/deploy/update_config", "as before"),
            Map.entry("services/*/post_start/*", "it runs in a container, and is no part of it"),
            Map.entry("services/*/pre_start/*", "docker-compose 2 does not know it"),
            Map.entry("services/*/pre_stop/*", "it runs in a container, and is no part of it"),
            Map.entry("services/*/secrets/*", "docker-compose leaves owner and mode to the file"),
            Map.entry("networks/*/external", "somebody else makes it"),
            Map.entry("volumes/*/external", "somebody else makes it"),
            Map.entry("secrets/*", "what they hold is no part of a container"),
            Map.entry("configs/*", "as before"),
            Map.entry("x-host", "docker-compose does not know it"),
            Map.entry("x-host/commands", "as before"),
            Map.entry("x-host/docker", "as before"),
            Map.entry("x-host/files/*", "as before"));

    private static final Map<String, Keys<?>> TABLES = compared();

    /// What they cannot have, and why.
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("services/*/build", "it is done before there is a container"),
            Map.entry("services/*/cpu_rt_period", "the Engine refuses it with cgroup v2"),
            Map.entry("services/*/cpu_rt_runtime", "the Engine refuses it with cgroup v2"),
            Map.entry("services/*/mem_swappiness", "the Engine drops it with cgroup v2"),
            Map.entry("services/*/oom_kill_disable", "the Engine drops it with cgroup v2"),
            Map.entry("services/*/platform", "it names the machine that the test runs on"),
            Map.entry("services/*/post_start", "it runs in a container, and is no part of it"),
            Map.entry("services/*/pre_start", "docker-compose 2 does not know it"),
            Map.entry("services/*/pre_stop", "it runs in a container, and is no part of it"),
            Map.entry("services/*/pull_refresh_after", "no docker-compose of Debian knows it"),
            Map.entry("services/*/storage_opt", "the Engine refuses it but on xfs"),
            Map.entry("services/*/env_file/*/format", "docker-compose 2.26 does not know it, and the text is the same"),
            Map.entry("services/*/extends/file", "it is resolved before a key is read"),
            Map.entry("networks/*/external", "somebody else makes it"),
            Map.entry("volumes/*/external", "somebody else makes it"));

    @Test
    void every_key_that_is_read_is_compared_with_docker_compose() throws IOException {
        var used = used();
        var missing = new TreeSet<String>();
        TABLES.forEach((place, table) -> table.all().stream()
                .filter(key -> key instanceof Key.Built)
                .map(key -> place + "/" + key.name())
                .filter(path -> !used.contains(path) && !EXCEPTIONS.containsKey(path))
                .forEach(missing::add));

        assertThat(missing).isEmpty();
        assertThat(EXCEPTIONS.keySet()).as("exceptions that are none").doesNotContainAnyElementsOf(used);
    }

    private static Map<String, Keys<?>> compared() {
        var tables = new TreeMap<>(KeyTables.ALL);
        NOT_COMPARED
                .keySet()
                .forEach(place -> assertThat(tables.remove(place)).as(place).isNotNull());
        return tables;
    }

    private static TreeSet<String> used() throws IOException {
        var used = new TreeSet<String>();
        var report = new Report();
        try (var files = Files.list(FILES)) {
            var compose =
                    files.filter(file -> file.toString().endsWith(".yaml")).sorted();
            YamlDocument.ofAll(compose.toList(), report).forEach(document -> collect("", document.root(), used));
        }
        assertThat(report.sorted()).isEmpty();
        assertThat(used).isNotEmpty();
        return used;
    }

    private static void collect(String path, Node node, TreeSet<String> used) {
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    var name = entry.key().text();
                    for (var step : List.of(name, "*")) {
                        var below = path.isEmpty() ? step : path + "/" + step;
                        if (isOnTheWay(below)) {
                            used.add(below);
                            collect(below, entry.value(), used);
                        }
                    }
                });
            case Node.Sequence list -> list.items().forEach(item -> collect(path + "/*", item, used));
            case Node.Scalar ignored -> {}
        }
    }

    /// Whether it is a place of a table, leads to one, or is a key in one.
    private static boolean isOnTheWay(String path) {
        var place = path.indexOf('/') < 0 ? path : path.substring(0, path.lastIndexOf('/'));
        return TABLES.containsKey(place)
                || TABLES.keySet().stream().anyMatch(known -> (known + "/").startsWith(path + "/"));
    }
}
