package dev.hostseed.core.registry;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.Line;
import dev.hostseed.core.data.MalformedDataException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What others say, made fit for a line of a message.
final class Printable {
    private static final int LIMIT = 500;

    private Printable() {}

    /// The errors in a registry's reply, or its text if it is not the registry's JSON.
    ///
    /// Rule: OCI Distribution Specification 1.1, "Error Codes".
    static String errors(byte[] body) {
        try {
            if (Json.readMapping(body).entries().get("errors") instanceof Data.Sequence(var items)
                    && !items.isEmpty()) {
                return line(String.join(", ", texts(items)));
            }
        } catch (MalformedDataException notJson) {
            // a proxy's page, or half a reply: its text will do
        }
        return line(new String(body, StandardCharsets.UTF_8));
    }

    private static List<String> texts(List<Data> errors) {
        var texts = new ArrayList<String>();
        for (var error : errors) {
            if (error instanceof Data.Mapping mapping) {
                texts.add(text(mapping, "message").isEmpty() ? text(mapping, "code") : text(mapping, "message"));
            }
        }
        return texts;
    }

    /// The text under `key`; an empty one if there is none.
    static String text(Data.Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Data.Text(var text) ? text : "";
    }

    /// `text` on one line, without control and format characters, and cut if long.
    static String line(String text) {
        return Line.of(text, LIMIT);
    }

    /// Where a request went, without what may be secret in an address: storage behind registries is reached by
    /// signatures in the query.
    static String place(URI uri) {
        return line(uri.getScheme() + "://" + uri.getAuthority() + uri.getPath());
    }
}
