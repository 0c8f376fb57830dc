package dev.hostseed.systemd.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Strings of what some layer between an author and a process gives a meaning to.
final class AwkwardStrings {
    private static final String[] PIECES = {
        "a",
        "Z",
        "0",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\\",
        "\\n",
        "\\\\",
        "\"",
        "'",
        "''",
        "`",
        "$",
        "$$",
        "$X",
        "${X}",
        "${X:-y}",
        "${",
        "}",
        "$(id)",
        "%",
        "%n",
        "%%",
        "%zz",
        ";",
        "&",
        "|",
        "<",
        ">",
        "*",
        "?",
        "~",
        "#",
        " #",
        "=",
        ":",
        ": ",
        ",",
        "[",
        "]",
        "{",
        "{{.ID}}",
        "!",
        "@",
        "-",
        "--",
        "- ",
        "true",
        "no",
        "null",
        "~",
        "1e3",
        "0x1F",
        "1.10",
        "é",
        "e\u0301",
        "漢字",
        "\ud83d\ude00",
        "\u00a0",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\uffff",
        "\u0001",
        "\u0007",
        "\u001b[31m",
        "\u007f",
        "\u009b",
    };
    private static final String[] NAMES = {
        "a",
        "Z",
        "_",
        " ",
        ".",
        "-",
        "\\",
        "\"",
        "'",
        "$",
        "$X",
        "${X}",
        "%n",
        "%%",
        ";",
        "#",
        ":",
        ",",
        "[",
        "}",
        "!",
        "@",
        "~",
        "é",
        "漢",
        "\ud83d\ude00",
        "\u00a0",
    };

    private final Random random;

    AwkwardStrings(Random random) {
        this.random = random;
    }

    /// Some of them are empty; one in thirty has thousands of characters.
    String text() {
        var length = random.nextInt(30) == 0 ? 2000 : random.nextInt(10);
        return pieces(PIECES, length);
    }

    List<String> texts(int count) {
        var texts = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    /// Of a variable or a label: not empty, and without what ends a name.
    SortedMap<String, String> pairs(String start, int count) {
        var pairs = new TreeMap<String, String>();
        for (var i = 0; i < count; i++) {
            pairs.put(start + i + pieces(NAMES, random.nextInt(6)), text());
        }
        return pairs;
    }

    /// Absolute and normal, without control characters.
    String path() {
        var path = new StringBuilder();
        for (var i = random.nextInt(3); i >= 0; i--) {
            path.append('/').append(pieces(NAMES, 1 + random.nextInt(6))).append('x');
        }
        return path.toString();
    }

    private String pieces(String[] from, int count) {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) {
            text.append(from[random.nextInt(from.length)]);
        }
        return text.toString();
    }
}
