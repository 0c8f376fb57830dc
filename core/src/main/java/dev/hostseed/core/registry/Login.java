package dev.hostseed.core.registry;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a registry wants to hear before it gives something out of a repository, found when it first asks for it, and
/// then kept. For several threads.
///
/// Rules: RFC 7617 (Basic); Distribution, "Token Authentication Specification" and "OAuth2 Token Authentication".
final class Login {
    private static final int MAX_REPLY = 1 << 20; // bytes
    private static final String CLIENT = "hostseed";

    private final Requests requests;
    private final StoredLogins stored;
    private final Map<String, String> known = new HashMap<>(); // authorization by path of the repository

    Login(Requests requests) {
        this.requests = requests;
        this.stored = new StoredLogins(requests.settings().environment());
    }

    /// The value of `Authorization` for `repository` that was found before, or an empty text.
    synchronized String authorization(RepositoryName repository) {
        return known.getOrDefault(repository.path(), "");
    }

    /// Another value than `refused`, for a registry that answered with `challenges`.
    ///
    /// @throws RegistryRefusedException if there is none
    synchronized String renew(RepositoryName repository, URI at, String refused, List<Challenge> challenges)
            throws IOException {
        var current = authorization(repository);
        if (!current.equals(refused)) {
            return current; // another thread was here before
        }
        var found = find(repository, at, challenges);
        known.put(repository.path(), found);
        return found;
    }

    private String find(RepositoryName repository, URI at, List<Challenge> challenges) throws IOException {
        var login = stored.find(repository);
        if (login instanceof Credentials.RegistryToken(var token)) {
            return bearer(repository, at, token);
        }
        for (var challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return bearer(repository, at, token(repository, challenge, login));
            }
        }
        var basic = challenges.stream().anyMatch(challenge -> challenge.scheme().equals("basic"));
        if (basic && login instanceof Credentials.Password password) {
            requirePrivacy(repository, at);
            return password.basic();
        }
        throw new RegistryRefusedException(
                basic
                        ? "it wants a login, and none is stored; docker login " + repository.domain()
                        : "it wants a login of a kind that hostseed does not know");
    }

    private String bearer(RepositoryName repository, URI at, String token) throws RegistryException {
        requirePrivacy(repository, at);
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new RegistryRefusedException("the token for it is none");
        }
        return "Bearer " + token;
    }

    private void requirePrivacy(RepositoryName repository, URI at) throws RegistryUnreachableException {
        if (!at.getScheme().equals("https") && !requests.settings().mayBePlain(at.getAuthority())) {
            throw new RegistryUnreachableException(Printable.place(at) + " would get the login for "
                    + repository.domain() + " where anybody on the way could read it: it is not sent there");
        }
    }

    private String token(RepositoryName repository, Challenge challenge, Credentials login) throws IOException {
        var realm = realm(challenge.parameter("realm"));
        requirePrivacy(repository, realm);
        var scopes = new LinkedHashSet<>(List.of("repository:" + repository.path() + ":pull"));
        scopes.addAll(List.of(challenge.parameter("scope").split(" ")));
        scopes.remove("");
        try (var answer = ask(realm, challenge.parameter("service"), scopes, login)) {
            if (!answer.isGood()) {
                var as = login instanceof Credentials.None ? "nobody, since no login is stored" : login.toString();
                throw new RegistryRefusedException("its token server " + Printable.place(realm) + ", asked as " + as
                        + ", says: " + answer.error());
            }
            return read(realm, answer.body().readNBytes(MAX_REPLY));
        }
    }

    private Answer ask(URI realm, String service, Set<String> scopes, Credentials login) throws IOException {
        var query = new StringBuilder();
        if (login instanceof Credentials.IdentityToken(var token)) {
            add(query, "grant_type", "refresh_token");
            add(query, "refresh_token", token);
            add(query, "client_id", CLIENT);
            add(query, "service", service);
            add(query, "scope", String.join(" ", scopes));
            return requests.post(realm, query.toString());
        }
        if (login instanceof Credentials.Password password) {
            add(query, "account", password.user());
        }
        if (!service.isEmpty()) {
            add(query, "service", service);
        }
        scopes.forEach(scope -> add(query, "scope", scope));
        var mark = realm.getRawQuery() == null ? "?" : "&";
        var authorization = login instanceof Credentials.Password password ? password.basic() : "";
        return requests.get(URI.create(realm + mark + query), authorization, Map.of());
    }

    private static void add(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static URI realm(String text) throws RegistryRefusedException {
        try {
            var realm = new URI(text);
            if (Requests.isAddress(realm) && realm.getRawFragment() == null) {
                return realm;
            }
        } catch (URISyntaxException notAnAddress) {
            // said below
        }
        throw new RegistryRefusedException("it names no token server that can be asked: " + Printable.line(text));
    }

    /// What goes wrong is told without a word of the reply, which holds a token.
    private static String read(URI realm, byte[] reply) throws RegistryRefusedException {
        try {
            var fields = Json.readMapping(reply);
            var token = Printable.text(fields, "token");
            return token.isEmpty() ? Printable.text(fields, "access_token") : token;
        } catch (MalformedDataException malformed) {
            throw new RegistryRefusedException(
                    "its token server " + Printable.place(realm) + " answers with something else than JSON");
        }
    }
}
