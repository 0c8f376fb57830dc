package dev.hostseed.systemd.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.signature.Admission;
import dev.hostseed.core.signature.Admission.Terms;
import dev.hostseed.core.signature.BadSignatureException;
import dev.hostseed.core.signature.LockSignature;
import dev.hostseed.core.signature.RollbackException;
import dev.hostseed.core.signature.SigningKey;
import dev.hostseed.systemd.unit.Hosts;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Rows B23 and B24 of the catalogue of faults, as media meet them that are installed on a host with a key.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SignedMediaTest {
    private static final ProjectName SHOP = new ProjectName("shop");

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .build());
    private final Path root = disk.getPath("/host");
    private final Path medium = disk.getPath("/medium");
    private final Path keys = disk.getPath("/keys");
    private final Path seen = root.resolve("var/lib/hostseed/trust/shop");
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void make_a_host_with_a_key() throws Exception {
        Files.createDirectories(root.resolve("etc/docker"));
        Files.writeString(root.resolve("etc/docker/daemon.json"), "{\"live-restore\": true}");
        Files.createDirectories(keys);
        makeKey("ours");
        makeKey("theirs");
        trust();
    }

    @AfterEach
    void close_the_disk() throws IOException {
        disk.close();
    }

    @Test
    void a_signed_medium_is_installed_with_its_signature() throws Exception {
        install(medium(3, "ours"));

        assertThat(release().resolve("bundle").resolve(Bundle.COSIGN_SIGNATURE)).exists();
        assertThat(seen).hasContent("3");
    }

    @Test
    void B23_an_unsigned_medium_changes_nothing() throws Exception {
        var expected = medium(3, "");
        refused(expected, BadSignatureException.class, "/medium/bundle/hostseed.lock: not signed: ");
    }

    @Test
    void B23_a_medium_signed_by_another_key_changes_nothing() throws Exception {
        var expected = medium(3, "theirs");
        refused(expected, BadSignatureException.class, "/medium/bundle/hostseed.lock.cosign: not a signature over");
    }

    @Test
    void B23_a_medium_with_the_signature_of_another_lock_changes_nothing() throws Exception {
        medium(3, "ours");
        var signature = Files.readAllBytes(medium.resolve("bundle").resolve(Bundle.COSIGN_SIGNATURE));
        medium(4, "");
        Files.write(medium.resolve("bundle").resolve(Bundle.COSIGN_SIGNATURE), signature);
        refused(
                Media.seal(medium),
                BadSignatureException.class,
                "/medium/bundle/hostseed.lock.cosign: not a signature");
    }

    @Test
    void a_file_of_keys_that_is_none_lets_nothing_in() throws Exception {
        Files.writeString(root.resolve("etc/hostseed/trusted.d/more.pub"), "nonsense");
        var expected = medium(3, "ours");
        refused(expected, BadSignatureException.class, "/host/etc/hostseed/trusted.d/more.pub: ");
    }

    @Test
    void B24_an_older_medium_changes_nothing_unless_that_is_asked_for() throws Exception {
        install(medium(3, "ours"));
        var older = medium(2, "ours");
        refused(older, RollbackException.class, "version 2 of 'shop' is older than version 3");

        installer().install(medium, older, "older", admission(Terms.ANY_VERSION));

        assertThat(seen).hasContent("2");
        assertThat(warnings).singleElement().asString().startsWith("warning: version 2 of shop takes the place of");
    }

    @Test
    void B21_a_medium_with_the_lock_of_another_project_changes_nothing() throws Exception {
        medium(3, "");
        var lock = Media.lock(Hosts.shop());
        var other = new Lock(new ProjectName("other"), 3, lock.scan(), lock.images());
        Files.write(medium.resolve("bundle/hostseed.lock"), LockFile.write(other));
        LockSignature.write(medium.resolve("bundle"), SigningKey.in(keys.resolve("ours")));
        refused(Media.seal(medium), BadBundleException.class, "/medium/bundle/hostseed.lock: the lock of the project");
    }

    @Test
    void a_release_that_was_there_gets_the_signature_that_it_lacked() throws Exception {
        Files.delete(root.resolve("etc/hostseed/trusted.d/ours.pem"));
        install(medium(3, ""));
        var signature = release().resolve("bundle").resolve(Bundle.COSIGN_SIGNATURE);
        assertThat(signature).doesNotExist();
        trust();

        install(medium(3, "ours"));

        assertThat(signature).exists();
        assertThat(admission(Terms.ALL_DEMANDS)
                        .admitInstalled(release().resolve("bundle"), SHOP)
                        .signedBy())
                .contains("ours.pem");
    }

    @Test
    void B24_a_version_is_remembered_only_when_the_host_has_it() throws Exception {
        install(medium(3, "ours"));
        var expected = medium(4, "ours");
        var lock = LockFile.write(locked(4));
        for (var operation = 1; ; operation++) {
            var failing = FailingDisk.killedAt(operation);
            var terms = Terms.ALL_DEMANDS;
            var admission = new Admission(root, failing, InstantSource.system(), terms, warnings::add);
            try {
                new Installer(root, failing, Systemctl.none(), line -> {}).install(medium, expected, "next", admission);
                break;
            } catch (IOException killed) {
                if (Files.readString(seen).equals("4\n")) {
                    assertThat(release().resolve("bundle/hostseed.lock"))
                            .as("operation " + operation)
                            .hasBinaryContent(lock);
                }
            }
        }
        assertThat(seen).hasContent("4");
    }

    private void refused(Digest expected, Class<? extends Exception> how, String message) throws IOException {
        var before = snapshot();
        assertThatThrownBy(() -> install(expected)).isInstanceOf(how).hasMessageStartingWith(message);
        assertThat(snapshot()).isEqualTo(before);
    }

    private void install(Digest expected) throws IOException {
        installer().install(medium, expected, "shop-1", admission(Terms.ALL_DEMANDS));
    }

    private Installer installer() {
        return new Installer(root, Disk.real(), Systemctl.none(), line -> {});
    }

    private Admission admission(Terms terms) {
        return new Admission(root, Disk.real(), InstantSource.system(), terms, warnings::add);
    }

    private Path release() {
        return root.resolve("var/lib/hostseed/shop/current");
    }

    /// @param key that signs; empty for none
    private Digest medium(long version, String key) throws IOException {
        Media.write(medium, Hosts.shop(), "1.0-a");
        var bundle = medium.resolve("bundle");
        Files.deleteIfExists(bundle.resolve(Bundle.COSIGN_SIGNATURE));
        Files.write(bundle.resolve(Bundle.LOCK), LockFile.write(locked(version)));
        if (!key.isEmpty()) {
            LockSignature.write(bundle, SigningKey.in(keys.resolve(key)));
        }
        return Media.seal(medium);
    }

    private static Lock locked(long version) {
        var lock = Media.lock(Hosts.shop());
        return new Lock(lock.project(), version, lock.scan(), lock.images());
    }

    private void trust() throws IOException {
        var trusted = Files.createDirectories(root.resolve("etc/hostseed/trusted.d"));
        Files.copy(keys.resolve("ours.pem"), trusted.resolve("ours.pem"));
    }

    private void makeKey(String name) throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                keys.resolve(name), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(
                keys.resolve(name + ".pem"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(label, Base64.getEncoder().encodeToString(encoded));
    }

    /// All of the host, but for the lock.
    private SortedMap<String, FileContent> snapshot() throws IOException {
        var files = FileTree.read(root);
        files.keySet().removeIf(path -> path.startsWith("run/"));
        return files;
    }
}
