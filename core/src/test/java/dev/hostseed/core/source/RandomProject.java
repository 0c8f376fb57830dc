package dev.hostseed.core.source;

import static dev.hostseed.core.testing.ComposeText.map;

import dev.hostseed.core.testing.ComposeText.Raw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A project with random values for keys of services. Each value has the forms in which an author can write it; a
/// document takes one of them at random.
final class RandomProject {
    /// The forms of a random value, by key.
    private static final Map<String, Function<Random, List<Object>>> KEYS = new TreeMap<>();

    static {
        put("cap_add", r -> List.of(some(r, "NET_ADMIN", "SYS_TIME", "CHOWN")));
        put("command", RandomProject::words);
        put("cpus", r -> List.of("0.5", "0.50", ".5"));
        put(
                "devices",
                r -> List.of(List.of("/dev/null:/dev/null:rwm"), List.of("/dev/null:/dev/null"), List.of("/dev/null")));
        put("dns", r -> List.of("10.0.0.1", List.of("10.0.0.1")));
        put("dns_search", r -> List.of("example", List.of("example")));
        put("entrypoint", RandomProject::words);
        put("environment", r -> pairs(r, "A", "b.c", "D-E"));
        put("expose", r -> List.of(List.of("80", "90"), List.of(new Raw("80"), "90/tcp")));
        put("extra_hosts", r -> List.of(List.of("db=10.0.0.2"), List.of("db:10.0.0.2"), map("db", "10.0.0.2")));
        put("group_add", r -> List.of(List.of("audio", "20"), List.of("audio", new Raw("20"))));
        put("healthcheck", RandomProject::health);
        put("hostname", r -> List.of("host" + r.nextInt(10)));
        put("init", RandomProject::truth);
        put("labels", r -> pairs(r, "a", "b.c", "d-e"));
        put("logging", r -> List.of(map("driver", "json-file", "options", map("max-size", "10m"))));
        put("mem_limit", r -> List.of("512m", "512mb", "512M", "524288k", "536870912", new Raw("536870912")));
        put("networks", r -> List.of(List.of("back", "front"), map("back", map(), "front", new Raw(""))));
        put("oom_score_adj", r -> List.of("-5", new Raw("-5")));
        put("pids_limit", r -> List.of("7", new Raw("7")));
        put("ports", RandomProject::ports);
        put("read_only", RandomProject::truth);
        put(
                "restart",
                r -> List.of(List.of("no", "always", "on-failure", "on-failure:3", "unless-stopped")
                        .get(r.nextInt(5))));
        put("shm_size", r -> List.of("64m", "67108864", new Raw("64mb")));
        put("stdin_open", RandomProject::truth);
        put("stop_grace_period", r -> List.of("90s", "1m30s", new Raw("90000ms"), "1.5m"));
        put("stop_signal", r -> List.of("SIGINT"));
        put("sysctls", r -> List.of(map("net.core.somaxconn", "7"), List.of("net.core.somaxconn=7")));
        put("tmpfs", r -> List.of("/run/t", List.of("/run/t")));
        put("ulimits", r -> List.of(map("nofile", "9"), map("nofile", map("soft", new Raw("9"), "hard", "9"))));
        put("user", r -> List.of("1000:1000"));
        put("volumes", RandomProject::volumes);
        put("working_dir", r -> List.of("/srv/a b"));
    }

    private final Map<String, Map<String, List<Object>>> services = new TreeMap<>();

    /// Some of the keys, all with values that can stand beside each other.
    RandomProject(Random random) {
        for (var i = 0; i <= random.nextInt(4); i++) {
            var service = new TreeMap<String, List<Object>>();
            service.put("image", List.of("example/s" + i + ":1"));
            KEYS.forEach((key, values) -> {
                if (random.nextInt(3) == 0) {
                    service.put(key, values.apply(random));
                }
            });
            if (i > 0 && random.nextBoolean()) {
                service.put(
                        "depends_on",
                        dependencies(IntStream.range(0, i)
                                .mapToObj(other -> "s" + other)
                                .toList()));
            }
            services.put("s" + i, service);
        }
    }

    /// Services, networks and volumes as a document, its mappings in random order.
    SequencedMap<String, Object> document(Random random) {
        var written = new LinkedHashMap<String, Object>();
        services.forEach((name, keys) -> written.put(name, service(keys, random)));
        var document = new LinkedHashMap<String, Object>();
        document.put("name", "random");
        document.put("services", shuffled(written, random));
        document.put("networks", map("back", map("internal", "true"), "front", map()));
        document.put("volumes", map("data", map(), "logs", new Raw("")));
        return shuffled(document, random);
    }

    private static Map<String, Object> service(Map<String, List<Object>> keys, Random random) {
        var service = new LinkedHashMap<String, Object>();
        keys.forEach((key, forms) -> service.put(key, forms.get(random.nextInt(forms.size()))));
        return shuffled(service, random);
    }

    static <T> SequencedMap<String, T> shuffled(Map<String, T> mapping, Random random) {
        var keys = new ArrayList<>(new TreeMap<>(mapping).keySet());
        Collections.shuffle(keys, random);
        var shuffled = new LinkedHashMap<String, T>();
        keys.forEach(key -> shuffled.put(key, Objects.requireNonNull(mapping.get(key))));
        return shuffled;
    }

    private static void put(String key, Function<Random, List<Object>> values) {
        KEYS.put(key, values);
    }

    private static List<String> some(Random random, String... from) {
        return List.of(from).subList(random.nextInt(from.length), from.length);
    }

    private static List<Object> truth(Random random) {
        return random.nextBoolean()
                ? List.of("true", new Raw("true"), new Raw("yes"))
                : List.of("false", new Raw("false"), new Raw("off"));
    }

    private static List<Object> words(Random random) {
        var words = List.of("/bin/x", "a b", "it's", "\"", "$X", "").subList(0, 1 + random.nextInt(6));
        return List.of(
                words,
                String.join(
                        " ",
                        words.stream()
                                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                                .toList()));
    }

    private static List<Object> pairs(Random random, String... names) {
        var pairs = new TreeMap<String, String>();
        for (var name : names) {
            pairs.put(
                    name, List.of("", "v", "a=b c", "1.10", "yes", "$5", "${X}").get(random.nextInt(7)));
        }
        return List.of(
                pairs,
                pairs.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .toList());
    }

    private static List<Object> health(Random random) {
        return List.of(
                map("test", "curl x | y", "interval", "1m30s", "retries", "3"),
                map("test", List.of("CMD-SHELL", "curl x | y"), "interval", "90s", "retries", new Raw("3")));
    }

    private static List<Object> ports(Random random) {
        var host = 1000 + random.nextInt(60_000);
        return List.of(
                List.of(host + ":80", "127.0.0.1:" + host + ":81/udp"),
                List.of(
                        map("target", new Raw("80"), "published", Integer.toString(host), "protocol", "tcp"),
                        map(
                                "target",
                                "81",
                                "published",
                                new Raw("" + host),
                                "host_ip",
                                "127.0.0.1",
                                "protocol",
                                "udp")));
    }

    private static List<Object> volumes(Random random) {
        return List.of(
                List.of("data:/d:ro", "logs:/l", "/srv/x:/b"),
                List.of(
                        map("type", "volume", "source", "data", "target", "/d/", "read_only", "true"),
                        map("type", "volume", "source", "logs", "target", "/l"),
                        map(
                                "type",
                                "bind",
                                "source",
                                "/srv/x/",
                                "target",
                                "/b",
                                "bind",
                                map("create_host_path", "true"))));
    }

    private static List<Object> dependencies(List<String> on) {
        var conditions = new TreeMap<String, Object>();
        on.forEach(name -> conditions.put(name, map("condition", "service_started", "required", "true")));
        return List.of(on, conditions);
    }
}
