package dev.hostseed.core.engine;

import dev.hostseed.core.host.EngineApi;
import java.io.IOException;
import java.nio.file.Path;

/// Which version of the API both sides speak. All versions are 1.x; this counts in x.
final class ApiVersion {
    /// Docker 20.10.
    static final int LOWEST = EngineApi.LOWEST.minor();

    /// Docker 29; later ones still speak it.
    static final int HIGHEST = 52;

    private ApiVersion() {}

    /// The lower one of our highest version and the Engine's.
    ///
    /// @param ping the reply to `GET /_ping`
    /// @throws EngineUnreachableException if it is not the Docker Engine's, or the Engine is too old or not well
    static int negotiate(Path socket, Reply ping) throws IOException {
        if (ping.status() >= 500) {
            throw new EngineUnreachableException("the Docker Engine at " + socket + " is not ready: "
                    + ErrorText.of(ping.status(), ping.body().readNBytes(4096)));
        }
        var theirs = minorOf(ping.header("api-version"));
        if (ping.status() != 200 || theirs < 0 || ping.header("server").startsWith("Libpod")) {
            throw new EngineUnreachableException("what answers at " + socket + " is not the Docker Engine: "
                    + ErrorText.printable(ping.header("server") + " (status " + ping.status() + ")"));
        }
        if (theirs < LOWEST) {
            throw new EngineUnreachableException("the Docker Engine at " + socket + " speaks API 1." + theirs
                    + "; hostseed needs 1." + LOWEST + ", which came with Docker 20.10");
        }
        return Math.min(theirs, HIGHEST);
    }

    /// -1 if `version` is not one of the API.
    private static int minorOf(String version) {
        if (!version.startsWith("1.") || version.length() < 3 || version.length() > 6) {
            return -1;
        }
        var minor = 0;
        for (var i = 2; i < version.length(); i++) {
            var digit = version.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            minor = minor * 10 + digit;
        }
        return minor;
    }
}
