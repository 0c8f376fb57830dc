package dev.hostseed.core.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One registry: where it is spoken to, and what it was told to log in.
final class Registry {
    private final String host;
    private final Requests requests;
    private final Login login;
    private @Nullable URI root;

    Registry(String host, Requests requests) {
        this.host = host;
        this.requests = requests;
        this.login = new Login(requests);
    }

    Patience patience() {
        return requests.settings().patience();
    }

    /// A good answer for `what` in `repository`, such as `manifests/latest`.
    ///
    /// @throws RegistryRefusedException if the answer is not a good one, with what the registry says
    Answer get(RepositoryName repository, String what, Map<String, String> headers) throws IOException {
        var uri = root().resolve("/v2/" + repository.path() + "/" + what);
        var authorization = login.authorization(repository);
        var answer = requests.get(uri, authorization, headers);
        if (answer.status() == 401 && Requests.isSameServer(answer.from(), uri)) {
            var challenges = Challenge.parse(answer.headers().allValues("WWW-Authenticate"));
            if (!challenges.isEmpty()) {
                answer.close();
                authorization = login.renew(repository, uri, authorization, challenges);
                answer = requests.get(uri, authorization, headers);
            }
        }
        if (!answer.isGood()) {
            throw refused(uri, answer);
        }
        return answer;
    }

    private static RegistryRefusedException refused(URI asked, Answer answer) {
        try (answer) {
            var elsewhere = Requests.isSameServer(answer.from(), asked) ? "" : Printable.place(answer.from()) + ": ";
            return new RegistryRefusedException(elsewhere + answer.error());
        }
    }

    /// Where the registry is spoken to. One that may be spoken to without TLS is asked with it first, as Docker does.
    private synchronized URI root() throws IOException {
        if (root == null) {
            var secure = URI.create("https://" + host);
            root = !requests.settings().mayBePlain(host) || speaks(secure) ? secure : URI.create("http://" + host);
        }
        return root;
    }

    private boolean speaks(URI uri) throws IOException {
        try {
            requests.once(uri.resolve("/v2/")).close();
            return true;
        } catch (RegistryUnreachableException notLikeThis) {
            if (requests.settings().mustBeGood(host, true) && !notLikeThis.isPassing()) {
                throw notLikeThis; // a certificate that is not the one it has to be
            }
            return false;
        }
    }
}
