package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.yaml.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `security_opt` of a service: `name=value`, or in the old form `name:value`.
///
/// Rule: docker-run(1), "--security-opt", which Compose follows.
final class SecurityKeys {
    private static final String PATHS = "systempaths=unconfined";

    /// Each with the version of the Engine's API that knows it.
    private static final Map<String, EngineApi> NAMES = Map.of(
            "apparmor", EngineApi.LOWEST,
            "label", EngineApi.LOWEST,
            "no-new-privileges", EngineApi.LOWEST,
            "seccomp", EngineApi.LOWEST,
            "writable-cgroups", new EngineApi(48));

    private static final Set<String> FLAGS = Set.of("no-new-privileges", "writable-cgroups");

    private SecurityKeys() {}

    static void read(Node node, ServiceDraft into, Scope scope) {
        var options = new ArrayList<Data>();
        for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
            var text = Fields.text(item, scope).orElse(PATHS);
            if (text.equals(PATHS)) {
                into.host.put("MaskedPaths", new Data.Sequence(List.of()));
                into.host.put("ReadonlyPaths", new Data.Sequence(List.of()));
            } else {
                option(item, text, scope).map(Data.Text::new).ifPresent(options::add);
            }
        }
        if (!options.isEmpty()) {
            into.host.put("SecurityOpt", new Data.Sequence(options));
        }
    }

    private static Optional<String> option(Node item, String text, Scope scope) {
        var end = text.indexOf(text.indexOf('=') < 0 ? ':' : '=');
        var name = end < 0 ? text : text.substring(0, end);
        var value = end < 0 ? "" : text.substring(end + 1);
        var since = NAMES.get(name);
        if (since == null) {
            scope.report()
                    .error(
                            item.at(),
                            "'" + text + "' is not an option for security",
                            Nearest.remedy(name, NAMES.keySet()));
            return Optional.empty();
        }
        if (end < 0 && !FLAGS.contains(name)) {
            scope.report().error(item.at(), "'" + name + "' without a value", "write " + name + "=…");
            return Optional.empty();
        }
        scope.needs().add(item.at(), "'" + name + "'", since);
        if (FLAGS.contains(name) && !Set.of("", "true", "false").contains(value)) {
            scope.report().error(item.at(), "'" + value + "' is neither true nor false", "write " + name + "=true");
        }
        return name.equals("seccomp") ? seccomp(item, text, value, scope) : Optional.of(text);
    }

    /// A profile travels as the text that it has.
    private static Optional<String> seccomp(Node item, String text, String value, Scope scope) {
        return switch (value) {
            case "unconfined" -> Optional.of(text);
            case "builtin" -> {
                scope.needs().add(item.at(), "'seccomp=builtin'", new EngineApi(42));
                yield Optional.of(text);
            }
            default ->
                NamedFile.of(item, value, scope)
                        .flatMap(file -> file.text(item, scope))
                        .flatMap(profile -> compact(item, value, profile, scope))
                        .map(profile -> "seccomp=" + profile);
        };
    }

    private static Optional<String> compact(Node item, String file, String profile, Scope scope) {
        try {
            var json = Json.readMapping(profile.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new String(Json.compact(json), StandardCharsets.UTF_8));
        } catch (IOException malformed) {
            scope.report()
                    .error(
                            item.at(),
                            "'" + file + "' is not a profile for seccomp: " + firstPart(malformed),
                            "write JSON, as the Engine's own profile is");
            return Optional.empty();
        }
    }

    private static String firstPart(IOException malformed) {
        var message = String.valueOf(malformed.getMessage());
        var aside = message.indexOf(" (");
        return aside < 0 ? message : message.substring(0, aside);
    }
}
