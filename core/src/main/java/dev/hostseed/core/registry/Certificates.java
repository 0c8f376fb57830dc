package dev.hostseed.core.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom TLS trusts, and as whom we come: what the system trusts, and for one registry what lies in its directory:
/// `*.crt` are authorities, `NAME.cert` and `NAME.key` a certificate of ours.
///
/// Rule: Docker, "Verify repository client with certificates".
final class Certificates {
    private static final List<String> SYSTEM =
            List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final char[] NO_PASSWORD = {};

    private Certificates() {}

    /// For a registry with a directory of its own, or for those without one if `own` does not exist.
    ///
    /// @param environment may name another file of authorities, `SSL_CERT_FILE`
    /// @param verified whether a certificate has to be good
    static SSLContext context(Path own, Map<String, String> environment, boolean verified) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            var trust = verified ? trust(own, environment) : new TrustManager[] {new Credulous()};
            context.init(keys(own), trust, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new RegistryUnreachableException(
                    own + ": its certificates cannot be used: " + Printable.line(String.valueOf(unusable.getMessage())),
                    unusable,
                    false);
        }
    }

    private static TrustManager @Nullable [] trust(Path own, Map<String, String> environment)
            throws IOException, GeneralSecurityException {
        var authorities = new ArrayList<X509Certificate>();
        var system = environment.getOrDefault("SSL_CERT_FILE", "");
        for (var file : system.isEmpty() ? SYSTEM : List.of(system)) {
            if (authorities.isEmpty() && Files.isRegularFile(Path.of(file))) {
                authorities.addAll(certificates(Path.of(file)));
            }
        }
        var added = files(own, ".crt");
        if (authorities.isEmpty() && added.isEmpty()) {
            return null; // those that came with Java
        }
        for (var file : added) {
            authorities.addAll(certificates(file));
        }
        var store = emptyStore();
        for (var authority : authorities) {
            store.setCertificateEntry("authority " + store.size(), authority);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(Path own) throws IOException, GeneralSecurityException {
        var pairs = files(own, ".cert");
        if (pairs.isEmpty()) {
            return null;
        }
        var store = emptyStore();
        for (var file : pairs) {
            var name = file.getFileName().toString();
            var key = own.resolve(name.substring(0, name.length() - ".cert".length()) + ".key");
            if (!Files.isRegularFile(key)) {
                throw new RegistryUnreachableException(file + ": its key is missing, " + key);
            }
            store.setKeyEntry(name, key(key), NO_PASSWORD, certificates(file).toArray(X509Certificate[]::new));
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        var certificates = new ArrayList<X509Certificate>();
        var pem = new ByteArrayInputStream(Files.readAllBytes(file));
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            certificates.add((X509Certificate) certificate);
        }
        return certificates;
    }

    private static PrivateKey key(Path file) throws IOException {
        var lines = Files.readAllLines(file);
        var begin = lines.indexOf("-----BEGIN PRIVATE KEY-----");
        var end = lines.indexOf("-----END PRIVATE KEY-----");
        if (begin >= 0 && end > begin) {
            var der = Base64.getMimeDecoder().decode(String.join("", lines.subList(begin + 1, end)));
            for (var algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (GeneralSecurityException another) {
                    // of another algorithm
                }
            }
        }
        throw new RegistryUnreachableException(
                file + ": not a key that can be read; make it one of PKCS #8: openssl pkcs8 -topk8 -nocrypt");
    }

    /// Those of the directory `own` whose names end in `suffix`, sorted; none if there is no directory.
    private static List<Path> files(Path own, String suffix) throws IOException {
        if (!Files.isDirectory(own)) {
            return List.of();
        }
        try (var files = Files.list(own)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /// Trusts whoever comes: for the registries that the user calls insecure.
    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
