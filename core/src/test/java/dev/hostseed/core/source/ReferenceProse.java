package dev.hostseed.core.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What the reference page says of the keys in words.
///
/// The file has what stands above all tables, then for each table a line `# place: title`, what stands above it, and
/// a line `key | what it becomes | what is refused` for each key.
record ReferenceProse(List<String> introduction, Map<String, Section> sections) {

    /// @param rows by key
    record Section(String title, List<String> introduction, SequencedMap<String, Row> rows) {
        Row row(String key) {
            return rows.getOrDefault(key, new Row("", ""));
        }
    }

    record Row(String becomes, String refused) {}

    static ReferenceProse read(Path file) throws IOException {
        var prose = new ReferenceProse(new ArrayList<>(), new LinkedHashMap<>());
        var section = new Section("", prose.introduction, new LinkedHashMap<>());
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith("#")) {
                section = prose.begin(line);
            } else if (line.indexOf('|') >= 0) {
                row(line, section);
            } else {
                section.introduction.add(line);
            }
        }
        return prose;
    }

    private Section begin(String line) {
        var colon = line.indexOf(": ");
        var section = new Section(line.substring(colon + 2), new ArrayList<>(), new LinkedHashMap<>());
        if (sections.put(line.substring(2, colon), section) != null) {
            throw new IllegalStateException("twice: " + line);
        }
        return section;
    }

    private static void row(String line, Section section) {
        var cells = line.split("\\|", -1);
        if (cells.length != 3) {
            throw new IllegalStateException("not three cells: " + line);
        }
        var row = new Row(cells[1].strip(), cells[2].strip());
        if (section.rows.put(cells[0].strip(), row) != null) {
            throw new IllegalStateException("twice: " + line);
        }
    }
}
