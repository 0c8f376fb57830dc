package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Secrecy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks into the config of an image: its environment, labels and commands, and the history of its layers, where the
/// arguments of a build are kept.
final class ConfigScanner {
    static final SecretRule VARIABLE = new SecretRule(
            "variable",
            Severity.HIGH,
            "a secret in a variable, a label or an argument of the build",
            "a value after a name that speaks of a secret, in `Env`, `Labels`, commands and the history; medium if it is"
                    + " short or of low entropy");

    private static final int LONG = 8; // bytes
    private static final double VARIED = 2.5; // bits a byte

    private final List<Placed> found = new ArrayList<>();

    /// @param place as it is told: `Env DB_PASSWORD`
    record Placed(String place, Hit hit) {}

    private ConfigScanner() {}

    static List<Placed> scan(Data.Mapping image) {
        var scanner = new ConfigScanner();
        var config = mapping(image, "config");
        texts(config, "Env").forEach(variable -> scanner.pair("Env", variable));
        mapping(config, "Labels").entries().forEach((name, value) -> {
            if (value instanceof Data.Text(var text)) {
                scanner.pair("Labels", name + "=" + text);
            }
        });
        for (var key : List.of("Cmd", "Entrypoint", "OnBuild", "Shell")) {
            texts(config, key).forEach(word -> scanner.line(key, word));
        }
        texts(mapping(config, "Healthcheck"), "Test").forEach(word -> scanner.line("Healthcheck", word));
        History.of(image).lines().forEach(line -> scanner.line("history", line));
        return List.copyOf(scanner.found);
    }

    private void pair(String place, String pair) {
        var name = pair.substring(0, Math.max(0, pair.indexOf('=')));
        var value = pair.substring(pair.indexOf('=') + 1);
        if (!known(place + " " + name, pair)) {
            judge(name, value).ifPresent(hit -> add(place + " " + name, hit));
        }
    }

    private void line(String place, String line) {
        known(place, line);
        for (var word : Assignment.all(line)) {
            if (found.size() == LayerScanner.MOST) {
                return;
            }
            judge(word.name(), word.value()).ifPresent(hit -> add(place + " " + word.name(), hit));
        }
    }

    /// Whether it holds a secret that is known by what it is.
    private boolean known(String place, String text) {
        var hits = TextScanner.TEXT.scan(text.getBytes(UTF_8));
        hits.forEach(one -> add(place, one.hit()));
        return !hits.isEmpty();
    }

    private void add(String place, Hit hit) {
        if (found.size() < LayerScanner.MOST) {
            found.add(new Placed(place, hit));
        }
    }

    /// The value of a variable whose name speaks of a secret.
    static Optional<Hit> judge(String name, String value) {
        var isReference = value.startsWith("$") || value.startsWith("/") || value.startsWith("@") || value.isBlank();
        if (isReference || !Secrecy.isSecret(name, value) || Guess.isStandIn(value) || value.contains("://")) {
            return Optional.empty();
        }
        var bytes = value.getBytes(UTF_8);
        var isGrave = bytes.length >= LONG && Guess.entropy(bytes, 0, bytes.length) >= VARIED;
        return Optional.of(new Hit(VARIABLE, isGrave ? Severity.HIGH : Severity.MEDIUM, 0, bytes.length, bytes, true));
    }

    private static Data.Mapping mapping(Data.Mapping in, String key) {
        return in.find(key).orElse(Data.Null.NULL) instanceof Data.Mapping inner ? inner : Data.mapping();
    }

    /// The texts of a list, or the one text.
    private static List<String> texts(Data.Mapping in, String key) {
        var texts = new ArrayList<String>();
        switch (in.find(key).orElse(Data.Null.NULL)) {
            case Data.Sequence(var items) ->
                items.forEach(item -> {
                    if (item instanceof Data.Text(var text)) {
                        texts.add(text);
                    }
                });
            case Data.Text(var text) -> texts.add(text);
            default -> {}
        }
        return texts;
    }
}
