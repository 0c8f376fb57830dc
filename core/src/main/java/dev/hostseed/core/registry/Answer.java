package dev.hostseed.core.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;

/// What a server says to a request.
///
/// @param from where it came from, after redirects
record Answer(URI from, int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    private static final int MAX_ERROR = 1 << 20; // bytes
    private static final int WORTH_READING = 16 << 10; // bytes; with less, the connection is kept for the next request

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /// Whether the same request may be answered otherwise in a moment.
    boolean isPassing() {
        return status == 408 || status == 429 || status >= 500;
    }

    /// The header `name`, or an empty text.
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// What the server says is wrong, with the status.
    String error() {
        String said;
        try {
            said = Printable.errors(body.readNBytes(MAX_ERROR));
        } catch (IOException brokenOff) {
            said = "";
        }
        return said.isEmpty() ? "status " + status : said + " (status " + status + ")";
    }

    @Override
    public void close() {
        try (body) {
            body.readNBytes(WORTH_READING);
        } catch (IOException brokenOff) {
            // nobody wants it
        }
    }
}
