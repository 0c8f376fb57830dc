package dev.hostseed.core.source;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeReaderTest {
    private static String text(List<Problem> problems) {
        return problems.stream().map(ProblemText::of).collect(Collectors.joining());
    }

    @Test
    void no_mutation_of_a_file_throws() throws IOException {
        var texts = new ArrayList<String>();
        for (var folder : GoldenTest.cases()) {
            texts.add(Files.readString(folder.resolve("compose.yaml")));
        }
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var file = disk.getPath("/work/compose.yaml");
            for (var seed = 0; seed < 2000; seed++) {
                var random = new Random(seed);
                var mutant = mutated(texts.get(random.nextInt(texts.size())), random);
                Files.createDirectories(disk.getPath("/work"));
                Files.writeString(file, mutant);
                try {
                    text(problems(ComposeReader.read(file, Map.of())));
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ":\n" + mutant, e);
                }
            }
        }
    }

    private static List<Problem> problems(Reading reading) {
        return switch (reading) {
            case Reading.Accepted(var ignored, var problems) -> problems;
            case Reading.Rejected(var problems) -> problems;
        };
    }

    private static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        var bits = "{}[]:*&!|>'\"%@`#,-?\t \n\\$<9é😀";
        for (var i = 0; i <= random.nextInt(4); i++) {
            var at = random.nextInt(mutant.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> mutant.insert(at, bits.charAt(random.nextInt(bits.length() - 2)));
                case 1 -> mutant.delete(at, Math.min(mutant.length(), at + random.nextInt(8)));
                default -> mutant.insert(at, text, 0, random.nextInt(text.length() + 1));
            }
        }
        return mutant.toString();
    }
}
