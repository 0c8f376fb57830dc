package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.systemd.unit.Unit.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real systemd starts random commands with random variables: what arrives must be what went in. Two mutants, which
/// forget an escape, prove that it would be seen if it were not.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EncodedCommandsIT {
    private static final int CASES = 300;
    private static final List<String> PIECES = List.of(
            "a",
            "n",
            "i",
            "x41",
            "0",
            "\"",
            "'",
            "\\",
            "$",
            "$HOME",
            "${X}",
            "$$",
            "%",
            "%n",
            "%%",
            "{",
            "}",
            " ",
            "  ",
            "\t",
            "\n",
            "\r",
            ";",
            "#",
            "-",
            "@",
            ":",
            "+",
            "!",
            "|",
            "=",
            "~",
            "*",
            "[Service]",
            "\u0001",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u00a0",
            "é",
            "e\u0301",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private record Case(List<String> arguments, String value) {}

    @BeforeEach
    void require_a_systemd() throws Exception {
        Tool.require(UserSystemd.isUsable(), "root, unshare and systemd");
    }

    @Test
    void every_argument_and_every_variable_arrives_as_it_was() throws Exception {
        assertThat(failing(UnaryOperator.identity())).isEmpty();
    }

    @Test
    void an_encoder_that_forgets_variables_is_caught() throws Exception {
        assertThat(failing(text -> text.replace("$$", "$"))).hasSizeGreaterThan(CASES / 10);
    }

    @Test
    void an_encoder_that_forgets_specifiers_is_caught() throws Exception {
        assertThat(failing(text -> text.replace("%%", "%"))).hasSizeGreaterThan(CASES / 10);
    }

    /// The seeds of the cases that did not arrive.
    private List<Integer> failing(UnaryOperator<String> mutation) throws IOException, InterruptedException {
        var dump = UserSystemd.dump(directory);
        var units = new LinkedHashMap<String, String>();
        for (var seed = 0; seed < CASES; seed++) {
            units.put(
                    "case-" + seed + ".service", mutation.apply(unit(dump, seed).text()));
        }
        UserSystemd.start(directory, units);
        var failing = new ArrayList<Integer>();
        for (var seed = 0; seed < CASES; seed++) {
            if (!arrived(dump, seed)) {
                failing.add(seed);
            }
        }
        return failing;
    }

    private Unit unit(Path dump, int seed) {
        var service = List.of(
                Directive.literal("Type", "oneshot"),
                Directive.assignment("Environment", "VALUE", random(seed).value()),
                Directive.command("ExecStart", command(dump, seed)));
        return Unit.of(new Section("Service", service));
    }

    private List<String> command(Path dump, int seed) {
        var command = new ArrayList<>(List.of(dump.toString(), out(seed).toString()));
        command.addAll(random(seed).arguments());
        return command;
    }

    private boolean arrived(Path dump, int seed) throws IOException {
        var expected = new ArrayList<>(List.of("/bin/sh"));
        expected.addAll(command(dump, seed));
        var environ = UserSystemd.read(directory.resolve("out-" + seed + ".environ"));
        return UserSystemd.read(out(seed)).equals(expected)
                && environ.contains("VALUE=" + random(seed).value());
    }

    private Path out(int seed) {
        return directory.resolve("out-" + seed);
    }

    private static Case random(int seed) {
        var random = new Random(seed);
        var arguments = IntStream.range(0, random.nextInt(7))
                .mapToObj(i -> text(random))
                .toList();
        return new Case(arguments, text(random));
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(9); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
