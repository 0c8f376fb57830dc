package dev.hostseed.core.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Sends requests as often as it takes, and to where servers say that they belong.
final class Requests {
    private static final int MAX_REDIRECTS = 10;

    private final Clients clients;
    private final Settings settings;

    Requests(Settings settings) {
        this.clients = new Clients(settings);
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    private interface Attempt {
        Answer make() throws IOException;
    }

    /// The answer of `uri`, or of where it leads; any status but a redirect's.
    ///
    /// @param authorization what logs in at `uri`, and is said to no other server; empty for none
    Answer get(URI uri, String authorization, Map<String, String> headers) throws IOException {
        return patiently(() -> follow(uri, authorization, headers));
    }

    /// The answer to the form `body`, which goes to `uri` alone.
    Answer post(URI uri, String body) throws IOException {
        return patiently(() -> clients.send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.US_ASCII)),
                uri));
    }

    /// The answer of `uri` itself, asked once.
    Answer once(URI uri) throws IOException {
        return clients.send(HttpRequest.newBuilder(), uri);
    }

    private Answer patiently(Attempt attempt) throws IOException {
        var patience = settings.patience();
        for (var number = 1; ; number++) {
            try {
                var answer = attempt.make();
                var asked = retryAfter(answer);
                var tooLong = asked.isPresent() && asked.get().compareTo(patience.longest()) > 0;
                if (!answer.isPassing() || number >= patience.attempts() || tooLong) {
                    return answer;
                }
                answer.close();
                if (asked.isPresent()) {
                    patience.wait(asked.get());
                    continue;
                }
            } catch (RegistryUnreachableException away) {
                if (!away.isPassing() || number >= patience.attempts()) {
                    throw away;
                }
            }
            patience.wait(number);
        }
    }

    /// How long the server wants to be left alone. A date is taken from the server's own clock.
    ///
    /// Rule: RFC 9110, section 10.2.3.
    private static Optional<Duration> retryAfter(Answer answer) {
        var value = answer.header("Retry-After").strip();
        try {
            if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            var time = Duration.between(date(answer.header("Date")), date(value));
            return Optional.of(time.isNegative() ? Duration.ZERO : time);
        } catch (DateTimeException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static ZonedDateTime date(String value) {
        return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    private Answer follow(URI first, String authorization, Map<String, String> headers) throws IOException {
        var at = first;
        for (var hops = 0; hops <= MAX_REDIRECTS; hops++) {
            var request = HttpRequest.newBuilder();
            headers.forEach(request::setHeader);
            if (!authorization.isEmpty() && isSameServer(first, at)) {
                request.setHeader("Authorization", authorization);
            }
            var answer = clients.send(request, at);
            if (!answer.isRedirect()) {
                return answer;
            }
            answer.close();
            at = target(at, answer.header("Location"));
        }
        throw new RegistryUnreachableException(
                Printable.place(first) + " leads from one place to the next, more than " + MAX_REDIRECTS + " times");
    }

    private static URI target(URI from, String location) throws RegistryUnreachableException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException notAnAddress) {
            throw new RegistryUnreachableException(Printable.place(from) + " leads to no address");
        }
        if (location.isEmpty() || !isAddress(to)) {
            throw new RegistryUnreachableException(Printable.place(from) + " leads to no address");
        }
        if (from.getScheme().equals("https") && !to.getScheme().equals("https")) {
            throw new RegistryUnreachableException(Printable.place(from) + " leads to " + Printable.place(to)
                    + ", where anybody on the way could read and change what is sent: not followed");
        }
        return to;
    }

    /// Whether `uri` is one that a request can be sent to: of the web, with a host, and with nobody's password in it.
    static boolean isAddress(URI uri) {
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getScheme() != null
                && (uri.getScheme().equals("https") || uri.getScheme().equals("http"));
    }

    static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getAuthority()
                        .toLowerCase(Locale.ROOT)
                        .equals(other.getAuthority().toLowerCase(Locale.ROOT));
    }
}
