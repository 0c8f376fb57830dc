package dev.hostseed.core.registry;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.work.WorkFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that keeps logins, such as `docker-credential-pass`.
///
/// Rule: docker-credential-helpers, "Development": the command `get` reads the server from standard input, and writes
/// `ServerURL`, `Username` and `Secret` as JSON.
final class CredentialHelper {
    private static final int MAX_REPLY = 1 << 20; // bytes
    private static final int TIMEOUT_SECONDS = 60; // it may ask for a passphrase
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private CredentialHelper() {}

    /// What the helper `name` has for `server`.
    ///
    /// @throws CredentialsException if it is not there, fails, or says nothing that can be read
    static Credentials get(String name, String server, Map<String, String> environment) throws IOException {
        var program = program("docker-credential-" + name, environment);
        var builder = new ProcessBuilder(program.toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            return reply(program, process, server);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Credentials reply(Path program, Process process, String server) throws IOException {
        var output = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readNBytes(MAX_REPLY);
            } catch (IOException closed) {
                return new byte[0];
            }
        });
        try (var input = process.getOutputStream()) {
            input.write((server + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedAlready) {
            // what it says counts
        }
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw broken(program, "does not answer within " + TIMEOUT_SECONDS + " seconds");
            }
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
        return read(program, process.exitValue(), output.join());
    }

    private static Credentials read(Path program, int status, byte[] output) throws CredentialsException {
        if (status != 0) {
            var said = Printable.line(new String(output, StandardCharsets.UTF_8));
            if (said.equals(NOT_FOUND)) {
                return new Credentials.None();
            }
            throw broken(program, "fails with status " + status + (said.isEmpty() ? "" : ": " + said));
        }
        Data.Mapping login;
        try {
            login = Json.readMapping(output);
        } catch (MalformedDataException malformed) {
            throw broken(program, "answers with something else than JSON"); // which may be a password: not shown
        }
        var user = Printable.text(login, "Username");
        var secret = Printable.text(login, "Secret");
        if (secret.isEmpty()) {
            return new Credentials.None();
        }
        return user.equals("<token>") ? new Credentials.IdentityToken(secret) : new Credentials.Password(user, secret);
    }

    private static Path program(String name, Map<String, String> environment) throws CredentialsException {
        if (name.indexOf('/') < 0 && name.indexOf('\0') < 0) {
            for (var directory : environment.getOrDefault("PATH", "").split(":")) {
                var program = Path.of(directory, name);
                if (!directory.isEmpty() && Files.isExecutable(program)) {
                    return program;
                }
            }
        }
        throw new CredentialsException("no program '" + Printable.line(name)
                + "' in PATH, which Docker's config.json says keeps the logins; install it, or log in without it");
    }

    private static CredentialsException broken(Path program, String how) {
        return new CredentialsException(program.getFileName() + " " + how
                + "; it keeps the registry's login: see that it works (" + program.getFileName() + " list)");
    }
}
