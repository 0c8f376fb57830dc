package dev.hostseed.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Scan;
import dev.hostseed.core.signature.Admission.Terms;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows B23 and B24 of the catalogue of faults, on a host in memory.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdmissionTest {
    private static final SshSigner ALICE = SshSigner.of("ssh-ed25519");
    private static final ProjectName SHOP = new ProjectName("shop");

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path root = disk.getPath("/host");
    private final Path seen = root.resolve("var/lib/hostseed/trust/shop");
    private final List<String> warnings = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void a_host_without_keys_takes_any_lock_and_remembers_nothing() throws Exception {
        take(bundle("shop", 7), Terms.ALL_DEMANDS);
        take(bundle("shop", 3), Terms.ALL_DEMANDS);

        assertThat(root).doesNotExist();
    }

    @Test
    void a_lock_that_is_none_is_told_with_where_it_is() throws Exception {
        var bundle = bundle("shop", 7);
        Files.writeString(bundle.resolve(Bundle.LOCK), "{not JSON");

        for (var terms : Terms.values()) {
            assertThatThrownBy(() -> take(bundle, terms))
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageStartingWith(bundle.resolve(Bundle.LOCK) + ": ");
        }
    }

    @Test
    void B23_a_host_with_keys_takes_no_unsigned_lock() throws Exception {
        trust();
        var bundle = bundle("shop", 7);
        Files.delete(bundle.resolve(Bundle.SSH_SIGNATURE));

        assertThatThrownBy(() -> take(bundle, Terms.ALL_DEMANDS)).isInstanceOf(BadSignatureException.class);
        assertThatThrownBy(() -> take(bundle, Terms.ANY_VERSION)).isInstanceOf(BadSignatureException.class);
        assertThat(seen).doesNotExist();
    }

    @Test
    void the_signature_is_looked_at_before_the_lock_is_read() throws Exception {
        trust();
        var bundle = bundle("shop", 7);
        Files.writeString(bundle.resolve(Bundle.LOCK), "{not JSON");

        assertThatThrownBy(() -> take(bundle, Terms.ALL_DEMANDS)).isInstanceOf(BadSignatureException.class);
    }

    @Test
    void B24_a_lock_older_than_one_that_was_taken_is_refused() throws Exception {
        trust();
        take(bundle("shop", 7), Terms.ALL_DEMANDS);
        take(bundle("shop", 7), Terms.ALL_DEMANDS);
        assertThat(seen).hasContent("7");

        assertThatThrownBy(() -> take(bundle("shop", 6), Terms.ALL_DEMANDS))
                .isInstanceOf(RollbackException.class)
                .hasMessageStartingWith("version 6 of 'shop' is older than version 7, which this host had already");
        assertThat(seen).hasContent("7");
        take(bundle("other", 1), Terms.ALL_DEMANDS);
    }

    @Test
    void B24_a_downgrade_that_was_asked_for_is_told_and_holds() throws Exception {
        trust();
        take(bundle("shop", 7), Terms.ALL_DEMANDS);

        take(bundle("shop", 6), Terms.ANY_VERSION);

        assertThat(warnings)
                .containsExactly("warning: version 6 of shop takes the place of version 7, as --allow-downgrade says");
        take(bundle("shop", 6), Terms.ALL_DEMANDS);
    }

    @Test
    void B24_what_was_only_offered_is_not_remembered() throws Exception {
        trust();
        admission(Terms.ALL_DEMANDS).admit(bundle("shop", 8));

        take(bundle("shop", 7), Terms.ALL_DEMANDS);
    }

    @Test
    void B24_what_is_installed_may_be_older_than_what_was_seen() throws Exception {
        trust();
        take(bundle("shop", 7), Terms.ALL_DEMANDS);
        var admission = admission(Terms.ALL_DEMANDS);

        var admitted = admission.admitInstalled(bundle("shop", 6), SHOP);
        admission.remember(admitted);

        assertThat(admitted.lock().version()).isEqualTo(6);
        assertThat(seen).hasContent("7");

        var asked = admission(Terms.ANY_VERSION);
        asked.remember(asked.admitInstalled(bundle("shop", 6), SHOP));
        assertThat(warnings).singleElement().asString().startsWith("warning: version 6 of shop takes the place of");
        assertThat(seen).hasContent("6");
    }

    @Test
    void B21_the_lock_of_another_project_is_refused() throws Exception {
        assertThatThrownBy(() -> admission(Terms.ALL_DEMANDS).admitInstalled(bundle("other", 1), SHOP))
                .isInstanceOf(BadBundleException.class)
                .hasMessage("/bundle/hostseed.lock: the lock of the project 'other', not of 'shop': another bundle is"
                        + " here");
    }

    @Test
    void a_signature_that_is_let_go_is_told_and_nothing_is_remembered() throws Exception {
        trust();
        var bundle = bundle("shop", 7);
        Files.delete(bundle.resolve(Bundle.SSH_SIGNATURE));

        take(bundle, Terms.ANY_SIGNATURE);

        assertThat(warnings)
                .containsExactly("warning: nobody looked at the signature of /bundle/hostseed.lock, as"
                        + " --insecure-skip-signature says");
        assertThat(seen).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "-1\n", "seven\n", "9999999999999999999\n", "7\n7\n", "0x7\n"})
    void a_memory_that_cannot_be_read_is_no_reason_to_forget(String text) throws Exception {
        trust();
        Files.createDirectories(seen.getParent());
        Files.writeString(seen, text);

        assertThatThrownBy(() -> take(bundle("shop", 7), Terms.ALL_DEMANDS))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageStartingWith("/host/var/lib/hostseed/trust/shop: ");
    }

    private void take(Path bundle, Terms terms) throws IOException {
        var admission = admission(terms);
        admission.remember(admission.admit(bundle));
    }

    private Admission admission(Terms terms) {
        return new Admission(root, Disk.real(), InstantSource.system(), terms, warnings::add);
    }

    private void trust() throws IOException {
        var trusted = Files.createDirectories(root.resolve("etc/hostseed/trusted.d"));
        Files.writeString(trusted.resolve("alice.pub"), ALICE.publicKey());
    }

    private Path bundle(String project, long version) throws IOException {
        var bundle = Files.createDirectories(disk.getPath("/bundle"));
        var lock = LockFile.write(new Lock(new ProjectName(project), version, Scan.NONE, List.of()));
        Files.write(bundle.resolve(Bundle.LOCK), lock);
        Files.writeString(bundle.resolve(Bundle.SSH_SIGNATURE), ALICE.sign(lock));
        return bundle;
    }
}
