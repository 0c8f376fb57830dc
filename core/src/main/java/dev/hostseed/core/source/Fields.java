package dev.hostseed.core.source;

import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.notation.CoreSchema;
import dev.hostseed.core.notation.Digits;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// What scalars, lists and mappings mean, by the type of the field they stand in. An answer is empty if it went to the
/// report why there is none.
final class Fields {
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Set<String> YES = Set.of("y", "yes", "on");
    private static final Set<String> NO = Set.of("n", "no", "off");

    /// Of a file, in bytes. Rule: Linux (NAME_MAX).
    private static final int LONGEST_NAME = 255;

    private Fields() {}

    /// The text of a scalar, as it was written.
    static Optional<String> text(Node node, Scope scope) {
        if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
            return Optional.of(scalar.text());
        }
        scope.report().as(Code.L01).error(node.at(), "expected a text, found " + node.kind(), "write a text");
        return Optional.empty();
    }

    /// What `make` makes of the text of a scalar.
    ///
    /// @param make throws an IllegalArgumentException with what is wrong
    static <T> Optional<T> made(Node node, Scope scope, String remedy, Function<String, T> make) {
        return text(node, scope).flatMap(text -> made(text, node.at(), scope, remedy, make));
    }

    static <T> Optional<T> made(String text, Position at, Scope scope, String remedy, Function<String, T> make) {
        try {
            return Optional.of(make.apply(text));
        } catch (IllegalArgumentException wrong) {
            scope.report().error(at, String.valueOf(wrong.getMessage()), remedy);
            return Optional.empty();
        }
    }

    /// A key that names something of the author's. One that starts with `-` is refused, though Compose takes it: our
    /// own commands would read it as an option.
    static <T> Optional<T> name(Node.Scalar key, Scope scope, Function<String, T> make) {
        if (key.text().startsWith("-")) {
            scope.report()
                    .as(Code.N01)
                    .error(
                            key.at(),
                            "'" + key.text() + "' starts with '-'",
                            "commands on the host would take it for an option",
                            "start it with a letter or digit");
            return Optional.empty();
        }
        return made(key.text(), key.at(), scope.as(Code.N01), "use letters, digits, '.', '_' and '-'", make);
    }

    /// Takes a key that is part of the specification and changes nothing here.
    static void withoutEffect(Node node, String key, Scope scope) {
        text(node, scope)
                .ifPresent(ignored -> scope.report()
                        .as(Code.L07)
                        .info(node.at(), "'" + key + "' has no effect on this host", "remove it"));
    }

    /// A path in a container or on the host; one `/` at its end is dropped.
    static Optional<TargetPath> target(Node node, Scope scope) {
        return made(node, scope.as(Code.P01), "write an absolute, printable path without . and ..", Fields::target);
    }

    /// @throws IllegalArgumentException if it is none
    static TargetPath target(String text) {
        var end = text.length();
        while (end > 1 && text.charAt(end - 1) == '/') {
            end--;
        }
        var path = new TargetPath(text.substring(0, end));
        if (!Passable.isName(text)) {
            throw new IllegalArgumentException("a path with control characters");
        }
        for (var name : path.value().split("/")) {
            if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw new IllegalArgumentException("a path with a name of more than " + LONGEST_NAME + " bytes");
            }
        }
        return path;
    }

    static Optional<Boolean> flag(Node node, Scope scope) {
        return text(node, scope).flatMap(text -> {
            var lower = text.toLowerCase(Locale.ROOT);
            if (TRUE.contains(text) || FALSE.contains(text)) {
                return Optional.of(TRUE.contains(text));
            }
            if (YES.contains(lower) || NO.contains(lower)) {
                var meant = YES.contains(lower);
                scope.report().as(Code.Y15).warn(node.at(), "'" + text + "' is taken for " + meant, "write " + meant);
                return Optional.of(meant);
            }
            scope.report()
                    .as(Code.L02)
                    .error(node.at(), "'" + text + "' is neither true nor false", "write true or false");
            return Optional.empty();
        });
    }

    /// A plain decimal number.
    static Optional<Integer> whole(Node node, int least, int most, Scope scope) {
        return text(node, scope).flatMap(text -> {
            var number = Digits.number(text);
            if (number < least || number > most) {
                scope.report()
                        .as(Code.U16)
                        .error(
                                node.at(),
                                "'" + text + "' is not a whole number from " + least + " to " + most,
                                "write one of these, in plain decimal digits");
                return Optional.empty();
            }
            return Optional.of(number);
        });
    }

    /// A list of texts. An item that is a plain number or truth is taken only if `loose`.
    static List<String> texts(Node.Sequence list, boolean loose, Scope scope) {
        var texts = new ArrayList<String>();
        for (var item : list.items()) {
            if (!loose && item instanceof Node.Scalar scalar && scalar.plain() && CoreSchema.isNoText(scalar.text())) {
                scope.report()
                        .as(Code.Y16)
                        .error(
                                item.at(),
                                "'" + scalar.text() + "' is not a text here",
                                "Compose refuses it too",
                                "quote it: \"" + scalar.text() + "\"");
            } else {
                text(item, scope).ifPresent(texts::add);
            }
        }
        return texts;
    }

    /// Says of a list that is no list of names, and so has no canonical form, which of its items is none.
    static void refuseNameless(Node node, Scope scope) {
        if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> text(item, scope));
        }
    }

    /// A list of texts, or the one text in it; an item that is a plain number or truth is taken.
    static List<String> textOrTexts(Node node, Scope scope) {
        return node instanceof Node.Sequence list
                ? texts(list, true, scope)
                : text(node, scope).stream().toList();
    }

    /// A mapping of texts, or a list of `NAME=text`; a value that is missing is null here.
    static SequencedMap<String, Located<Optional<String>>> pairs(Node node, Scope scope) {
        var pairs = new LinkedHashMap<String, Located<Optional<String>>>();
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries()
                        .forEach(e -> value(e.value(), scope)
                                .ifPresent(v -> pairs.put(
                                        e.key().text(), new Located<>(e.key().at(), v))));
            case Node.Sequence list ->
                list.items()
                        .forEach(i -> text(i, scope).ifPresent(text -> {
                            var equals = text.indexOf('=');
                            var name = equals < 0 ? text : text.substring(0, equals);
                            var value = equals < 0 ? Optional.<String>empty() : Optional.of(text.substring(equals + 1));
                            pairs.put(name, new Located<>(i.at(), value));
                        }));
            case Node.Scalar scalar -> throw new IllegalArgumentException("not a list or a mapping: " + scalar);
        }
        return pairs;
    }

    private static Optional<Optional<String>> value(Node node, Scope scope) {
        return node instanceof Node.Scalar scalar && scalar.isNull()
                ? Optional.of(Optional.empty())
                : text(node, scope).map(Optional::of);
    }

    /// As [#pairs], where a missing value is an empty one.
    static TreeMap<String, String> options(Node node, Scope scope) {
        var options = new TreeMap<String, String>();
        pairs(node, scope).forEach((name, value) -> {
            if (name.isEmpty()) {
                scope.report().as(Code.L03).error(value.at(), "an entry without a name", "write NAME=value");
            } else {
                options.put(name, value.value().orElse(""));
            }
        });
        return options;
    }

    /// Labels; those that Compose and we set ourselves are refused.
    static TreeMap<String, String> labels(Node node, Scope scope) {
        pairs(node, scope).forEach((name, value) -> refuseReservedLabel(name, value.at(), scope));
        return options(node, scope);
    }

    static void refuseReservedLabel(String name, Position at, Scope scope) {
        if (name.startsWith("com.docker.compose.")
                || name.startsWith("hostseed.")
                || name.equals("OBJECT_SYSTEMD_UNIT")) {
            scope.report()
                    .error(
                            at,
                            "the label '" + name + "' is reserved",
                            "containers are known by it",
                            "choose another name");
        }
    }
}
