package dev.hostseed.core.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/// A certificate of its own making, and what it is used for.
///
/// @param directory where it is left: `own.pem`, `own-key.pem`
public record TestTls(Path directory, X509Certificate certificate, PrivateKey key) {
    private static final String PASSWORD = "changeit";

    /// Of this machine's address.
    public static TestTls make(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        var store = store(directory);
        var certificate = (X509Certificate) Objects.requireNonNull(store.getCertificate("own"));
        var key = (PrivateKey) Objects.requireNonNull(store.getKey("own", PASSWORD.toCharArray()));
        var made = new TestTls(directory, certificate, key);
        write(made.certificateFile(), "CERTIFICATE", certificate.getEncoded());
        write(made.keyFile(), "PRIVATE KEY", Objects.requireNonNull(key.getEncoded()));
        return made;
    }

    /// Listens on this machine, and trusts itself alone.
    public SSLServerSocket listen() throws IOException, GeneralSecurityException {
        var own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry("own", key, PASSWORD.toCharArray(), new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("own", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    public Path certificateFile() {
        return directory.resolve("own.pem");
    }

    public Path keyFile() {
        return directory.resolve("own-key.pem");
    }

    private static KeyStore store(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        var file = directory.resolve("own.p12");
        var made = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=a test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new AssertionError(said);
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(Path file, String what, byte[] bytes) throws IOException {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
}
