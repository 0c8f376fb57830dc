package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GrantsTest {
    @TempDir
    private Path directory;

    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void release() throws IOException {
        carry("secrets/password", "hunter2\n");
        carry("configs/web.conf", "listen 80\n");
    }

    @Test
    void each_grant_is_a_file_with_its_mode() throws IOException {
        grants(Map.of(), secret("password", 0440), config("web.conf", 0644)).place();

        assertThat(directory.resolve("run/secrets/web/password")).hasContent("hunter2\n");
        assertThat(mode("run/secrets/web/password")).isEqualTo("r--r-----");
        assertThat(directory.resolve("run/configs/web/web.conf")).hasContent("listen 80\n");
        assertThat(mode("run/configs/web/web.conf")).isEqualTo("rw-r--r--");
    }

    @Test
    void nobody_but_its_owner_enters_a_directory_of_the_files() throws IOException {
        grants(Map.of(), secret("password", 0444), config("web.conf", 0444)).place();

        for (var made : List.of("run/secrets", "run/secrets/web", "run/configs", "run/configs/web")) {
            assertThat(mode(made)).as(made).isEqualTo("rwx------");
        }
    }

    @Test
    void one_source_granted_twice_is_two_files() throws IOException {
        var grants = grants(Map.of(), secret("password", 0400), secret("password", 0444));

        grants.place();

        assertThat(mode("run/secrets/web/password")).isEqualTo("r--------");
        assertThat(mode("run/secrets/web/password@1")).isEqualTo("r--r--r--");
    }

    @Test
    void the_container_is_shown_the_files_beside_its_other_mounts() throws IOException {
        var grants = grants(Map.of(), secret("password", 0444));
        var other = Data.mapping().with("Type", "volume").with("Target", "/data");
        var create =
                Data.mapping().with("HostConfig", Data.mapping().with("Mounts", new Data.Sequence(List.of(other))));

        var body = new String(Json.compact(grants.mountedIn(create)), StandardCharsets.UTF_8);

        assertThat(body)
                .isEqualTo("{\"HostConfig\":{\"Mounts\":[{\"Type\":\"volume\",\"Target\":\"/data\"},"
                        + "{\"Type\":\"bind\",\"Source\":\"" + directory + "/run/secrets/web/password\","
                        + "\"Target\":\"/run/secrets/password\",\"ReadOnly\":true}]}}");
    }

    @Test
    void what_was_there_is_replaced_and_in_the_end_nothing_is_left() throws IOException {
        var grants = grants(Map.of(), secret("password", 0444));
        grants(Map.of(), secret("password", 0000), secret("password", 0444)).place();

        grants.place();
        assertThat(directory.resolve("run/secrets/web")).isDirectoryNotContaining("glob:**@1");
        grants.remove();

        assertThat(directory.resolve("run/secrets/web")).doesNotExist();
        grants.remove(); // nothing there is fine
    }

    @Test
    void a_credential_of_the_unit_takes_the_place_of_a_secret_alone() throws IOException {
        carry("given/password", "better\n");
        carry("given/web.conf", "listen 666\n");
        var environment =
                Map.of("CREDENTIALS_DIRECTORY", directory.resolve("given").toString());

        grants(environment, secret("password", 0444), config("web.conf", 0444)).place();

        assertThat(directory.resolve("run/secrets/web/password")).hasContent("better\n");
        assertThat(directory.resolve("run/configs/web/web.conf")).hasContent("listen 80\n");
        assertThat(lines).containsExactly("the secret password is a credential of the host");
    }

    @Test
    void without_its_credential_a_unit_has_what_the_release_carries() throws IOException {
        var environment =
                Map.of("CREDENTIALS_DIRECTORY", directory.resolve("none").toString());

        grants(environment, secret("password", 0444)).place();

        assertThat(directory.resolve("run/secrets/web/password")).hasContent("hunter2\n");
    }

    @Test
    void a_secret_of_the_release_that_others_may_read_is_refused() throws IOException {
        Files.setPosixFilePermissions(
                directory.resolve("secrets/password"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> grants(Map.of(), secret("password", 0444)).place())
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("secrets/password")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void a_release_without_the_file_is_told_by_its_path() {
        assertThatThrownBy(() -> grants(Map.of(), config("gone", 0444)).place())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("configs/gone");
    }

    @Test
    void a_definition_keeps_its_grants_in_its_file() throws MalformedDataException {
        var definition = definition(secret("password", 0440), config("web.conf", 0644));

        assertThat(ContainerDefinition.of(definition.toData())).isEqualTo(definition);
    }

    private Grants grants(Map<String, String> environment, Mount.Granted... granted) {
        var around = new Surroundings(
                Engine.at(directory),
                directory,
                directory.resolve("run"),
                directory,
                directory,
                environment,
                List.of(),
                lines::add);
        return new Grants(definition(granted), around);
    }

    private static ContainerDefinition definition(Mount.Granted... granted) {
        return Services.define(
                Services.granted("web", "true", "", granted), StatefulEngine.IMAGE, Services.files(granted));
    }

    private static Mount.Granted secret(String name, int mode) {
        return granted(Kind.SECRET, name, "/run/secrets/" + name, mode);
    }

    private static Mount.Granted config(String name, int mode) {
        return granted(Kind.CONFIG, name, "/" + name, mode);
    }

    /// Of whoever runs the test: only root can give a file away.
    private static Mount.Granted granted(Kind kind, String name, String target, int mode) {
        return new Mount.Granted(kind, new ResourceName(name), new TargetPath(target), self(), new FileMode(mode));
    }

    private static FileOwner self() {
        try {
            var self = FileSystems.getDefault().getPath("/proc/self");
            return new FileOwner(
                    (int) Files.getAttribute(self, "unix:uid"), (int) Files.getAttribute(self, "unix:gid"));
        } catch (IOException noProc) {
            throw new AssertionError(noProc);
        }
    }

    private void carry(String path, String content) throws IOException {
        var file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(path)));
    }
}
