package dev.hostseed.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The head of an HTTP reply, and its body still to be read.
///
/// @param headers by name in lower case; of several with one name the last
/// @param body ends where the framing says, and fails where the connection ends before
record Reply(int status, Map<String, String> headers, InputStream body) {
    private static final int HEAD_LIMIT = 64 << 10;

    /// @throws ProtocolException if what comes is not HTTP
    static Reply read(InputStream from) throws IOException {
        var in = new ReplyInput(from);
        in.limit(HEAD_LIMIT);
        var status = 100;
        var headers = new TreeMap<String, String>();
        while (status < 200) { // 1xx announces another
            status = statusOf(in.line());
            headers.clear();
            for (var line = in.line(); !line.isEmpty(); line = in.line()) {
                var colon = line.indexOf(':');
                if (colon < 1) {
                    throw new ProtocolException("not an HTTP header: '" + ErrorText.printable(line) + "'");
                }
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        return new Reply(status, headers, bodyOf(status, headers, in));
    }

    /// The value of the header `name`, or nothing.
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static int statusOf(String line) throws ProtocolException {
        if (line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ') {
            var status = 0;
            for (var i = 9; i < 12; i++) {
                var digit = line.charAt(i) - '0';
                status = digit < 0 || digit > 9 ? Integer.MIN_VALUE : status * 10 + digit;
            }
            if (status >= 100) {
                return status;
            }
        }
        throw new ProtocolException("not an HTTP reply: '" + ErrorText.printable(line) + "'");
    }

    private static InputStream bodyOf(int status, Map<String, String> headers, ReplyInput in) throws IOException {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new ChunkedInput(in);
        }
        var length = headers.get("content-length");
        return length == null ? in.unlimited() : new SizedInput(in, lengthOf(length));
    }

    private static long lengthOf(String text) throws ProtocolException {
        var length = text.isEmpty() || text.length() > 18 ? -1L : 0L;
        for (var i = 0; i < text.length() && length >= 0; i++) {
            var digit = text.charAt(i) - '0';
            length = digit < 0 || digit > 9 ? -1 : length * 10 + digit;
        }
        if (length < 0) {
            throw new ProtocolException("not a Content-Length: '" + ErrorText.printable(text) + "'");
        }
        return length;
    }
}
