package dev.hostseed.cli.host;

import dev.hostseed.cli.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of a host verb, taken apart by hand: a parser library costs more than all the rest of such a command.
///
/// Options are written `--name value` or `--name=value`, flags `--name`; `--` ends them.
final class Arguments {
    private final Map<String, String> options = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    /// @param words after the verb
    /// @param options that take a value
    /// @param flags that take none
    /// @throws UsageException if a word is neither of these, or a value is missing
    Arguments(List<String> words, List<String> options, List<String> flags) throws UsageException {
        for (var i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (word.equals("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                return;
            }
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                continue;
            }
            var equals = word.startsWith("--") ? word.indexOf('=') : -1;
            var name = longName(equals < 0 ? word : word.substring(0, equals));
            if (flags.contains(name) && equals < 0) {
                this.options.put(name, "");
            } else if (!options.contains(name)) {
                throw new UsageException("'" + word + "' is not an option here");
            } else if (equals >= 0) {
                this.options.put(name, word.substring(equals + 1));
            } else if (++i < words.size()) {
                this.options.put(name, words.get(i));
            } else {
                throw new UsageException("'" + word + "' needs a value");
            }
        }
    }

    private static String longName(String name) {
        return name.equals("-p") ? "--project-name" : name.equals("-q") ? "--quiet" : name;
    }

    boolean has(String flag) {
        return options.containsKey(flag);
    }

    /// The value of `option`, or `otherwise` where it was not given.
    String get(String option, String otherwise) {
        var value = options.get(option);
        return value == null ? otherwise : value;
    }

    /// @throws UsageException if `option` was not given
    String require(String option) throws UsageException {
        var value = options.get(option);
        if (value == null) {
            throw new UsageException("'" + option + "' is missing");
        }
        return value;
    }

    /// The operands, named for the message.
    ///
    /// @throws UsageException if there are more or fewer
    List<String> operands(String... names) throws UsageException {
        if (operands.size() != names.length) {
            throw new UsageException(
                    names.length == 0
                            ? "'" + operands.getFirst() + "' is one word too many"
                            : "expected " + String.join(" ", Arrays.asList(names)) + ", found " + operands.size()
                                    + " words");
        }
        return operands;
    }
}
