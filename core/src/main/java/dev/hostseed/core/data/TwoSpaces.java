package dev.hostseed.core.data;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/// Two spaces, one value a line, `\n` on every system.
final class TwoSpaces extends DefaultPrettyPrinter {
    TwoSpaces() {
        super(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        var indenter = new DefaultIndenter("  ", "\n");
        indentArraysWith(indenter);
        indentObjectsWith(indenter);
    }

    private TwoSpaces(TwoSpaces other) {
        super(other);
    }

    @Override
    public TwoSpaces createInstance() {
        return new TwoSpaces(this);
    }
}
