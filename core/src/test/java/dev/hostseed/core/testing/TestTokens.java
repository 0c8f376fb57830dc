package dev.hostseed.core.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.testing.ScriptedServer.Reply;
import dev.hostseed.core.testing.ScriptedServer.Request;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A token server that a [TestRegistry] trusts, with one user. Anybody else gets tokens that open nothing.
///
/// Rule: Distribution, "Docker Registry v2 Bearer token specification".
public final class TestTokens implements AutoCloseable {
    private static final String SERVICE = "a registry";
    private static final String ISSUER = "a test";

    private final TestTls identity;
    private final String basic;
    private final ScriptedServer server;

    private TestTokens(TestTls identity, String user, String password) throws IOException {
        this.identity = identity;
        this.basic = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        this.server = ScriptedServer.start(this::answer);
    }

    public static TestTokens start(TestTls identity, String user, String password) throws IOException {
        return new TestTokens(identity, user, password);
    }

    /// What a registry that trusts it has in its configuration.
    public String auth() {
        return "{token: {realm: 'http://%s/token', service: '%s', issuer: '%s', rootcertbundle: '%s'}}"
                .formatted(server.authority(), SERVICE, ISSUER, identity.certificateFile());
    }

    /// How many tokens it gave.
    public int given() {
        return server.requests().size();
    }

    private Reply answer(Request request) throws IOException {
        var login = request.header("authorization");
        if (!login.isEmpty() && !login.equals(basic)) {
            return Reply.of(401, "{\"errors\": [{\"code\": \"UNAUTHORIZED\", \"message\": \"wrong password\"}]}");
        }
        var access = new ArrayList<Data>();
        for (var parameter :
                request.target().substring(request.target().indexOf('?') + 1).split("&")) {
            var words = parameter.startsWith("scope=")
                    ? URLDecoder.decode(parameter.substring("scope=".length()), UTF_8)
                            .split(":")
                    : new String[0];
            if (words.length == 3 && !login.isEmpty()) {
                access.add(Data.mapping()
                        .with("type", words[0])
                        .with("name", words[1])
                        .with("actions", Data.texts(List.of(words[2].split(",")))));
            }
        }
        return Reply.of(200, "{\"token\": \"" + token(access) + "\"}", "Content-Type", "application/json");
    }

    private String token(List<Data> access) throws IOException {
        var now = Instant.now().getEpochSecond();
        try {
            var head = Data.mapping()
                    .with("typ", "JWT")
                    .with("alg", "ES256")
                    .with(
                            "x5c",
                            Data.texts(List.of(Base64.getEncoder()
                                    .encodeToString(identity.certificate().getEncoded()))));
            var claims = Data.mapping()
                    .with("iss", ISSUER)
                    .with("sub", "somebody")
                    .with("aud", SERVICE)
                    .with("exp", now + 300)
                    .with("nbf", now - 60)
                    .with("iat", now)
                    .with("jti", "" + now)
                    .with("access", new Data.Sequence(access));
            var signed = encoded(Json.compact(head)) + "." + encoded(Json.compact(claims));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(identity.key());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException unusable) {
            throw new IOException(unusable);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.close();
    }
}
