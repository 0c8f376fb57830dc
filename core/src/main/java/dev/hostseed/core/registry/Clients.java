package dev.hostseed.core.registry;

import dev.hostseed.core.work.WorkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Sends single requests, each by the client that trusts whom its host is trusted by. HTTP/1.1 alone: a connection
/// that breaks takes one download with it. The threads of the clients are daemons; nothing is to be closed.
final class Clients {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final Settings settings;
    private final EnvironmentProxies proxies;
    private final Map<String, HttpClient> clients = new HashMap<>();

    Clients(Settings settings) {
        this.settings = settings;
        this.proxies = new EnvironmentProxies(settings.environment());
    }

    /// What the server says, whatever its status; the body is still to come.
    ///
    /// @throws RegistryUnreachableException if it says nothing
    Answer send(HttpRequest.Builder request, URI to) throws IOException {
        var proxy = proxies.find(to);
        proxy.flatMap(EnvironmentProxies::authorization)
                .ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        var idle = settings.patience().idle();
        var exchange = of(to).sendAsync(
                        request.uri(to).setHeader("User-Agent", "hostseed").build(),
                        ignored -> (HttpResponse.BodySubscriber<InputStream>) new BodyInput(idle));
        try {
            var response = exchange.get(idle.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(to, response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException failure) {
            throw unreachable(to, proxy, failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException silent) {
            exchange.cancel(true);
            throw new RegistryUnreachableException(
                    said(to, "it says nothing for " + idle.toSeconds() + " seconds"), silent, true);
        } catch (InterruptedException asked) {
            exchange.cancel(true);
            throw WorkFailure.of(asked);
        }
    }

    private static RegistryUnreachableException unreachable(URI to, Optional<URI> proxy, Throwable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new RegistryUnreachableException(said(to, "no address is known of it"), failure, false);
        }
        if (has(failure, CertificateException.class)) {
            var remedy = "put the certificate of its authority at /etc/docker/certs.d/" + to.getAuthority() + "/ca.crt";
            return new RegistryUnreachableException(
                    said(to, "its certificate is not trusted: " + reason(failure)) + "; " + remedy, failure, false);
        }
        var through =
                proxy.map(one -> " (through the proxy " + one.getHost() + ")").orElse("");
        return new RegistryUnreachableException(said(to, reason(failure) + through), failure, true);
    }

    private static String said(URI to, String why) {
        return Printable.line(to.getAuthority()) + " does not answer: " + why;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /// The first words in `failure`; the JDK often has none for a connection that is refused.
    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = cause.getMessage();
            if (message != null && !message.isBlank() && !message.equals(String.valueOf(cause.getCause()))) {
                return Printable.line(cause instanceof SSLException ? "TLS: " + message : message);
            }
        }
        return failure instanceof ConnectException ? "connection refused" : "the connection broke";
    }

    private synchronized HttpClient of(URI to) throws IOException {
        var secure = to.getScheme().equals("https");
        var own = settings.certificates().resolve(to.getAuthority());
        var hasOwn = Files.isDirectory(own);
        var verified = settings.mustBeGood(to.getAuthority(), hasOwn);
        var key = !secure ? "plain" : (hasOwn ? own : "") + (verified ? "" : " unverified");
        var known = clients.get(key);
        if (known == null) {
            var builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .proxy(proxies);
            if (secure) {
                builder.sslContext(Certificates.context(own, settings.environment(), verified));
            }
            known = builder.build();
            clients.put(key, known);
        }
        return known;
    }
}
