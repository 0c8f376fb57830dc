package dev.hostseed.core.engine;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.Line;
import dev.hostseed.core.data.MalformedDataException;
import java.nio.charset.StandardCharsets;

/// What the Engine says for people, made fit for a terminal and a log.
final class ErrorText {
    private static final int LIMIT = 4096;

    private ErrorText() {}

    /// The `message` of a reply that refuses, or its text if it is not the Engine's JSON.
    static String of(int status, byte[] body) {
        var text = printable(messageIn(body));
        return text.isEmpty() ? "status " + status : text;
    }

    /// `text` on one line, without control and format characters, and cut if long.
    static String printable(String text) {
        return Line.of(text, LIMIT);
    }

    private static String messageIn(byte[] body) {
        try {
            if (Json.readMapping(body).entries().get("message") instanceof Data.Text(var message)) {
                return message;
            }
        } catch (MalformedDataException notJson) {
            // a proxy's page, or half a reply: its text will do
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
