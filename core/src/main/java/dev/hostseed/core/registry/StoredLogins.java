package dev.hostseed.core.registry;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The logins that `docker login` and `podman login` stored.
///
/// Rules: docker-login(1), "Credential stores"; containers-auth.json(5).
final class StoredLogins {
    private static final long MAX_SIZE = 4 << 20; // bytes

    private final Map<String, String> environment;

    StoredLogins(Map<String, String> environment) {
        this.environment = environment;
    }

    /// The login for `repository`, from the first file that has one.
    ///
    /// @throws CredentialsException if a file or a helper that was asked on the way is broken; names it
    Credentials find(RepositoryName repository) throws IOException {
        for (var file : files()) {
            if (Files.isRegularFile(file)) {
                var found = find(file, read(file), repository);
                if (!(found instanceof Credentials.None)) {
                    return found;
                }
            }
        }
        return new Credentials.None();
    }

    /// Docker's file, then Podman's.
    private List<Path> files() {
        var files = new ArrayList<Path>();
        variable("DOCKER_CONFIG")
                .map(Path::of)
                .or(() -> variable("HOME").map(home -> Path.of(home, ".docker")))
                .ifPresent(directory -> files.add(directory.resolve("config.json")));
        variable("REGISTRY_AUTH_FILE")
                .map(Path::of)
                .or(() -> variable("XDG_RUNTIME_DIR").map(runtime -> Path.of(runtime, "containers", "auth.json")))
                .ifPresent(files::add);
        return files;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// What is wrong is told without a word of the text, which may be a password.
    private static Data.Mapping read(Path file) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new CredentialsException(file + ": not a file of logins, it has " + Files.size(file) + " bytes");
        }
        try {
            return Json.readMapping(Files.readAllBytes(file));
        } catch (MalformedDataException malformed) {
            throw new CredentialsException(
                    file + ": not JSON, so no login can be read from it; repair it, or move it away and log in again");
        }
    }

    private Credentials find(Path file, Data.Mapping config, RepositoryName repository) throws IOException {
        var helper = helper(config, repository);
        if (helper.isPresent()) {
            for (var server : servers(repository)) {
                var found = CredentialHelper.get(helper.get(), server, environment);
                if (!(found instanceof Credentials.None)) {
                    return found;
                }
            }
        }
        var logins = mapping(config, "auths");
        for (var key : keys(repository)) {
            for (var login : logins.entries().entrySet()) {
                if (key.equals(bare(login.getKey())) && login.getValue() instanceof Data.Mapping entry) {
                    return credentials(file, login.getKey(), entry);
                }
            }
        }
        return new Credentials.None();
    }

    private static Optional<String> helper(Data.Mapping config, RepositoryName repository) {
        var each = mapping(config, "credHelpers");
        for (var host : new String[] {repository.host(), repository.domain()}) {
            if (!Printable.text(each, host).isEmpty()) {
                return Optional.of(Printable.text(each, host));
            }
        }
        return Optional.of(Printable.text(config, "credsStore")).filter(store -> !store.isEmpty());
    }

    /// What a registry goes by in a helper: its host, or the address that it had in the days of `/v1/`.
    private static List<String> servers(RepositoryName repository) {
        return List.of(repository.host(), "https://" + repository.host() + "/v1/");
    }

    /// What a registry may go by in a file, the narrowest first: Podman may have a login for a part of a registry.
    private static Iterable<String> keys(RepositoryName repository) {
        var keys = new LinkedHashSet<String>();
        for (var host : new String[] {repository.domain(), repository.host()}) {
            var path = host + "/" + repository.path();
            for (var end = path.length(); end > host.length(); end = path.lastIndexOf('/', end - 1)) {
                keys.add(path.substring(0, end));
            }
        }
        keys.add(repository.domain());
        keys.add(repository.host());
        return keys;
    }

    /// `registry.example` of `https://registry.example/v1/`.
    private static String bare(String key) {
        for (var scheme : new String[] {"https://", "http://"}) {
            if (key.startsWith(scheme)) {
                var rest = key.substring(scheme.length());
                var slash = rest.indexOf('/');
                return slash < 0 ? rest : rest.substring(0, slash);
            }
        }
        for (var version : new String[] {"/v1/", "/v2/", "/"}) {
            if (key.endsWith(version)) {
                return key.substring(0, key.length() - version.length());
            }
        }
        return key;
    }

    private static Credentials credentials(Path file, String key, Data.Mapping entry) throws CredentialsException {
        if (!Printable.text(entry, "identitytoken").isEmpty()) {
            return new Credentials.IdentityToken(Printable.text(entry, "identitytoken"));
        }
        if (!Printable.text(entry, "registrytoken").isEmpty()) {
            return new Credentials.RegistryToken(Printable.text(entry, "registrytoken"));
        }
        if (!Printable.text(entry, "auth").isEmpty()) {
            return decoded(file, key, Printable.text(entry, "auth"));
        }
        var user = Printable.text(entry, "username");
        return user.isEmpty()
                ? new Credentials.None()
                : new Credentials.Password(user, Printable.text(entry, "password"));
    }

    private static Credentials decoded(Path file, String key, String auth) throws CredentialsException {
        try {
            var pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            if (colon > 0) {
                return new Credentials.Password(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw new CredentialsException(file + ": the login of '" + Printable.line(key)
                + "' cannot be read: 'auth' is not the base64 of user:password; log in again");
    }

    private static Data.Mapping mapping(Data.Mapping in, String key) {
        return in.entries().get(key) instanceof Data.Mapping mapping ? mapping : Data.mapping();
    }
}
