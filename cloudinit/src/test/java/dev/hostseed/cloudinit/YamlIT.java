package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cloud-init reads with PyYAML, so PyYAML judges.
@DisplayNameGeneration(ReplaceUnderscores.class)
class YamlIT {
    private static final String[] TRAPS = {
        "",
        " ",
        "~",
        "null",
        "yes",
        "No",
        "on",
        "off",
        "y",
        "n",
        "true",
        "<<",
        "=",
        "1_000",
        "0x1F",
        "0644",
        "1.10",
        "22:22",
        "2024-01-01",
        "1e3",
        ".inf",
        "-",
        "- a",
        "a: b",
        "a #b",
        "#",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "{",
        "[",
        "? a",
        "|",
        ">",
        "'",
        "\"",
        "\\",
        "\\n",
        "a\nb",
        "a\n",
        "\n",
        "a\r\nb",
        "\t",
        " a",
        "a ",
        "\u0000",
        "\u0007",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffd",
        "é",
        "漢",
        "🚀",
        "---",
        "...",
        "example/web:1.27",
        "/etc/a-b.c",
        "./a",
        ".5",
        "on-failure:3",
        "a=b",
        "A_1",
        "{{ a }}",
        "x".repeat(300)
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void what_is_written_is_what_is_read() throws Exception {
        Tool.require("/usr/bin/python3", "-c", "import yaml");
        var random = new Random(1);
        var cases = new ArrayList<Data>();
        for (int i = 0; i < 2000; i++) {
            var data = mapping(random, 0);
            Files.writeString(
                    temporary.resolve(i + ".yaml"),
                    i % 2 == 0 ? CloudConfig.text(data) : "#cloud-config\n" + Yaml.readable(data));
            Files.write(temporary.resolve(i + ".json"), Json.compact(data));
            cases.add(data);
        }

        var output = Tool.run("/usr/bin/python3", "-c", """
                import json, sys, yaml
                for i in range(int(sys.argv[2])):
                    path = f"{sys.argv[1]}/{i}"
                    with open(path + ".yaml", newline="", encoding="utf-8") as y, open(path + ".json", encoding="utf-8") as j:
                        text, expected = y.read(), json.load(j)
                        if not text.startswith("#cloud-config\\n"):
                            print(i, "header")
                        try:
                            read = yaml.safe_load(text) or {}
                        except yaml.YAMLError as e:
                            read = e
                        if read != expected or repr(read) != repr(expected):
                            print(i, repr(expected)[:300], repr(read)[:300])
                """, temporary.toString(), "2000");

        assertThat(output).isEmpty();
    }

    private static Data.Mapping mapping(Random random, int depth) {
        var entries = new LinkedHashMap<String, Data>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(text(random), value(random, depth + 1));
        }
        return new Data.Mapping(entries);
    }

    private static Data value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 7 : 9)) {
            case 0 -> new Data.Whole(random.nextLong());
            case 1 -> new Data.Truth(random.nextBoolean());
            case 2 -> Data.Null.NULL;
            case 7 -> mapping(random, depth);
            case 8 -> {
                var items = new ArrayList<Data>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth + 1));
                }
                yield new Data.Sequence(items);
            }
            default -> new Data.Text(text(random));
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? any(random) : TRAPS[random.nextInt(TRAPS.length)]);
        }
        return text.toString();
    }

    private static String any(Random random) {
        var c = random.nextInt(random.nextBoolean() ? 0x300 : 0x11_0000);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? "-" : Character.toString(c);
    }
}
