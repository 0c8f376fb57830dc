package dev.hostseed.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTellingTest {
    private static final Path GOLDEN = Path.of("src/test/golden/messages/several-faults");
    private static final Path PAGE = Path.of("../docs/reference/messages.md");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Telling telling = new JsonTelling(new Terminal(stream(out), stream(err), false, false));

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_document_of_a_bad_file_is_the_golden_one() throws IOException {
        var golden = GOLDEN.resolve("problems.json");

        var code = telling.run(self -> {
            self.problems(
                    switch (ComposeReader.read(GOLDEN.resolve("compose.yaml"), Map.of())) {
                        case Reading.Rejected(var problems) -> problems;
                        case Reading.Accepted(var host, var problems) -> problems;
                    });
            return self.verdict();
        });

        var actual = told().replace(GOLDEN + "/", "");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
            throw new AssertionError("rewrote " + golden);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
        assertThat(code).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void what_was_made_is_named_and_what_is_for_people_is_not_mixed_in() {
        var code = telling.run(self -> {
            self.terminal().out().println("for people");
            self.made("seed", Path.of("dist/shop/seed.iso"));
            return ExitCode.OK;
        });

        assertThat(code).isZero();
        assertThat(told()).isEqualTo("""
                {
                  "format": 1,
                  "exit": 0,
                  "meaning": "ok",
                  "problems": [],
                  "result": {
                    "seed": "dist/shop/seed.iso"
                  }
                }
                """);
    }

    @Test
    void a_failure_that_is_in_no_file_comes_last() {
        var code = telling.run(self -> {
            throw new EngineUnreachableException("nobody listens");
        });

        assertThat(code).isEqualTo(5);
        assertThat(told()).contains("\"exit\": 5", "\"severity\": \"error\"", "\"code\": \"HS-D01\"", "nobody listens");
    }

    @Test
    void the_page_names_every_code_and_no_other() throws IOException {
        var expected = Stream.of(Code.values())
                .map(code -> "| `" + code + "` | " + code.meaning() + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(PAGE)).contains("| code | rule |\n|---|---|\n" + expected + "\n");
    }
}
