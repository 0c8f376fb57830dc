package dev.hostseed.core.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.testing.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The reference loader's own templates and env files.
class CorpusTest {
    @Test
    void templates_are_filled_as_compose_fills_them() throws IOException {
        var table = Corpus.table("interpolation.json");
        var environment = (Data.Mapping) table.find("environment").orElseThrow();
        for (var item : ((Data.Sequence) table.find("cases").orElseThrow()).items()) {
            var test = (Data.Mapping) item;
            var template = new Template(name -> environment.find(name).map(Corpus::string), (n, o) -> {});
            Optional<String> filled;
            try {
                filled = Optional.of(template.fill(Corpus.text(test, "template")));
            } catch (Template.BadTemplateException bad) {
                filled = Optional.empty();
                var error = Corpus.text(test, "error");
                assertThat(bad.what().startsWith("required variable"))
                        .as("%s", test)
                        .isEqualTo(error.startsWith("required"));
                if (error.startsWith("required")) {
                    assertThat(bad.what()).isEqualTo(error);
                }
            }
            assertThat(filled).as("%s", test).isEqualTo(test.find("expected").map(Corpus::string));
        }
    }

    @Test
    void env_files_are_read_as_compose_reads_them() throws IOException {
        for (var item :
                ((Data.Sequence) Corpus.table("dotenv.json").find("cases").orElseThrow()).items()) {
            var test = (Data.Mapping) item;
            var report = new Report();
            var values = Dotenv.read(Corpus.text(test, "input"), Path.of(".env"), Map.of(), report);
            if (test.find("error").isPresent()) {
                assertThat(report.hasErrors()).as("%s", test).isTrue();
            } else {
                assertThat((Data) Data.texts(values))
                        .as("%s", test)
                        .isEqualTo(test.find("expected").orElseThrow());
            }
        }
    }

    @Test
    void whole_env_files_are_read_as_compose_reads_them() throws IOException {
        var fixtures = Corpus.mapping(Corpus.table("dotenv.json"), "fixtures (files/dotenv/fixtures/NAME, key subset)");
        for (var fixture : fixtures.entries().entrySet()) {
            if (fixture.getKey().startsWith("inherited") || fixture.getKey().startsWith("custom")) {
                continue; // these need an environment or a parser of their own
            }
            var file = Corpus.path().resolve("compose-go/files/dotenv/fixtures").resolve(fixture.getKey());
            // The reference's tests set this one variable, to show that it beats what the file says of it.
            var environment =
                    fixture.getKey().equals("substitutions.env") ? Map.of("OPTION_A", "5") : Map.<String, String>of();
            var values = Dotenv.read(Files.readString(file), file, environment, new Report());
            ((Data.Mapping) fixture.getValue())
                    .entries()
                    .forEach((name, value) ->
                            assertThat(values).as(fixture.getKey()).containsEntry(name, Corpus.string(value)));
        }
    }
}
