package dev.hostseed.systemd.unit;

import java.util.List;

/// A unit file, or a drop-in.
///
/// @param sections in the order of the file
public record Unit(List<Section> sections) {
    public Unit {
        sections = List.copyOf(sections);
    }

    /// The unit file with `sections`.
    public static Unit of(Section... sections) {
        return new Unit(List.of(sections));
    }

    /// @param name without brackets
    /// @param directives in the order of the file; one may stand several times
    public record Section(String name, List<Directive> directives) {
        public Section {
            directives = List.copyOf(directives);
        }
    }

    /// What stands in the file. A section without directives is left out.
    public String text() {
        var text = new StringBuilder();
        for (var section : sections) {
            if (!section.directives().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append('[')
                        .append(section.name())
                        .append("]\n");
                section.directives()
                        .forEach(directive -> text.append(directive.line()).append('\n'));
            }
        }
        return text.toString();
    }
}
