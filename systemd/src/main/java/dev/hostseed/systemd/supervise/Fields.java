package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads data that must have a certain shape, and says where it has not.
final class Fields {
    private Fields() {}

    static String text(Data.Mapping in, String key) throws MalformedDataException {
        if (in.entries().get(key) instanceof Data.Text(var value)) {
            return value;
        }
        throw wrong(key, "text");
    }

    static boolean truth(Data.Mapping in, String key) throws MalformedDataException {
        if (in.entries().get(key) instanceof Data.Truth(var value)) {
            return value;
        }
        throw wrong(key, "true or false");
    }

    static long whole(Data.Mapping in, String key) throws MalformedDataException {
        if (in.entries().get(key) instanceof Data.Whole(var value)) {
            return value;
        }
        throw wrong(key, "a whole number");
    }

    static Data.Mapping mapping(Data.Mapping in, String key) throws MalformedDataException {
        if (in.entries().get(key) instanceof Data.Mapping value) {
            return value;
        }
        throw wrong(key, "a mapping");
    }

    static List<Data> sequence(Data.Mapping in, String key) throws MalformedDataException {
        if (in.entries().get(key) instanceof Data.Sequence(var items)) {
            return items;
        }
        throw wrong(key, "a sequence");
    }

    static String text(Data item) throws MalformedDataException {
        if (item instanceof Data.Text(var value)) {
            return value;
        }
        throw wrong("an item", "text");
    }

    static Data.Mapping mapping(Data item) throws MalformedDataException {
        if (item instanceof Data.Mapping value) {
            return value;
        }
        throw wrong("an item", "a mapping");
    }

    /// The mapping under `key`, or nothing where the Engine leaves it out.
    static Data.@Nullable Mapping findMapping(Data.Mapping in, String key) {
        return in.entries().get(key) instanceof Data.Mapping value ? value : null;
    }

    /// The text under `key`, or an empty one.
    static String findText(Data.Mapping in, String key) {
        return in.entries().get(key) instanceof Data.Text(var value) ? value : "";
    }

    private static MalformedDataException wrong(String key, String expected) {
        return new MalformedDataException("expected '" + key + "' to be " + expected);
    }
}
