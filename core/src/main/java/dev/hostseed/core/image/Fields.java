package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A JSON object that came from outside, taken apart field by field; another shape than the asked one is refused.
///
/// @param of what the object is, for messages
record Fields(String of, Data.Mapping mapping) {

    static Fields read(String of, byte[] json) throws BadBundleException {
        try {
            return new Fields(of, Json.readMapping(json));
        } catch (MalformedDataException malformed) {
            throw new BadBundleException(of + ": " + malformed.getMessage());
        }
    }

    static List<Fields> readList(String of, byte[] json) throws BadBundleException {
        try {
            return list(of, Json.read(json));
        } catch (MalformedDataException malformed) {
            throw new BadBundleException(of + ": " + malformed.getMessage());
        }
    }

    /// These very fields, if they are all that there are.
    Fields only(String... keys) throws BadBundleException {
        for (var key : mapping.entries().keySet()) {
            if (!Set.of(keys).contains(key)) {
                throw new BadBundleException(of + ": unknown field '" + key + "'");
            }
        }
        return this;
    }

    String text(String key) throws BadBundleException {
        if (mapping.entries().get(key) instanceof Data.Text(var text)) {
            return text;
        }
        throw expected("a text", key);
    }

    /// The text under `key`, or an empty one if there is none.
    String textOrEmpty(String key) throws BadBundleException {
        return has(key) ? text(key) : "";
    }

    long size(String key) throws BadBundleException {
        if (mapping.entries().get(key) instanceof Data.Whole(var number) && number >= 0) {
            return number;
        }
        throw expected("a whole number, 0 or more,", key);
    }

    Digest digest(String key) throws BadBundleException {
        return digestOf(of + ": " + key, text(key));
    }

    Fields inner(String key) throws BadBundleException {
        if (mapping.entries().get(key) instanceof Data.Mapping inner) {
            return new Fields(of + ": " + key, inner);
        }
        throw expected("an object", key);
    }

    /// The object under `key`, or one without fields if there is none.
    Fields innerOrEmpty(String key) throws BadBundleException {
        return has(key) ? inner(key) : new Fields(of + ": " + key, Data.mapping());
    }

    List<Fields> each(String key) throws BadBundleException {
        if (mapping.entries().get(key) instanceof Data.Sequence items) {
            return list(of + ": " + key, items);
        }
        throw expected("a list", key);
    }

    /// The objects under `key`; none if there is nothing or null.
    List<Fields> eachOrNone(String key) throws BadBundleException {
        return has(key) ? each(key) : List.of();
    }

    /// Whether `key` is there and true.
    boolean isTrue(String key) {
        return mapping.entries().get(key) instanceof Data.Truth(var truth) && truth;
    }

    /// The texts under `key`; none if there is nothing or null, as Go writes an empty list.
    List<String> texts(String key) throws BadBundleException {
        var texts = new ArrayList<String>();
        if (!has(key)) {
            return texts;
        }
        if (!(mapping.entries().get(key) instanceof Data.Sequence(var items))) {
            throw expected("a list", key);
        }
        for (var item : items) {
            if (!(item instanceof Data.Text(var text))) {
                throw expected("a list of texts", key);
            }
            texts.add(text);
        }
        return texts;
    }

    List<Digest> digests(String key) throws BadBundleException {
        var digests = new ArrayList<Digest>();
        for (var text : texts(key)) {
            digests.add(digestOf(of + ": " + key, text));
        }
        return digests;
    }

    boolean has(String key) {
        return mapping.find(key).filter(value -> value != Data.Null.NULL).isPresent();
    }

    private static List<Fields> list(String of, Data data) throws BadBundleException {
        var fields = new ArrayList<Fields>();
        if (!(data instanceof Data.Sequence(var items))) {
            throw new BadBundleException(of + ": expected a list");
        }
        for (var item : items) {
            if (!(item instanceof Data.Mapping mapping)) {
                throw new BadBundleException(of + ": expected a list of objects");
            }
            fields.add(new Fields(of, mapping));
        }
        return fields;
    }

    private static Digest digestOf(String what, String text) throws BadBundleException {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException wrong) {
            throw new BadBundleException(what + ": " + wrong.getMessage());
        }
    }

    private BadBundleException expected(String kind, String key) {
        return new BadBundleException(of + ": expected " + kind + " at '" + key + "'");
    }
}
