package dev.hostseed.systemd.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.Scan;
import dev.hostseed.systemd.unit.Hosts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReleaseTest {
    @Test
    void the_same_host_and_lock_give_the_same_release() {
        assertThat(release(Hosts.shop())).isEqualTo(release(Hosts.shop()));
        assertThat(release(Hosts.shop()).id()).matches("[0-9a-f]{16}");
    }

    @Test
    void another_image_makes_another_release() {
        var image = Media.lock(Hosts.alone()).images().getFirst();
        var other = new LockedImage(
                image.reference(), "", image.platform(), image.manifest(), image.manifest(), image.loaded(), List.of());

        assertThat(Release.of(Hosts.alone(), lock(other)).id())
                .isNotEqualTo(release(Hosts.alone()).id());
    }

    @Test
    void an_image_that_is_not_in_the_lock_is_refused() {
        assertThatThrownBy(() -> Release.of(Hosts.shop(), lock()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example/other");
    }

    @Test
    void definitions_are_for_root_alone() {
        release(Hosts.shop()).files().forEach((path, content) -> {
            if (path.value().contains("/containers/")) {
                assertThat(content)
                        .isInstanceOfSatisfying(
                                FileContent.Held.class,
                                held -> assertThat(held.mode()).isEqualTo(FileMode.SECRET));
            }
        });
    }

    @Test
    void a_secret_is_for_root_alone_and_in_one_file() {
        var withSecret =
                new TreeMap<TargetPath, FileContent>(release(Hosts.shop()).files());
        withSecret.values().removeIf(content -> !bytes(content).contains("hunter2"));

        assertThat(withSecret).hasSize(1);
        assertThat(withSecret.firstKey().value()).endsWith("/secrets/password");
        assertThat(withSecret.firstEntry().getValue())
                .isEqualTo(new FileContent.Held(Bytes.of("hunter2\n"), FileMode.SECRET));
    }

    @Test
    void another_secret_makes_another_release_and_another_definition_of_what_has_it() {
        var before = release(Hosts.shop());
        var after = release(withPassword("hunter3\n"));

        assertThat(after.id()).isNotEqualTo(before.id());
        for (var service : List.of("web", "mail", "migrate")) {
            assertThat(definition(after, service)).isEqualTo(definition(before, service));
        }
        assertThat(definition(after, "db")).isNotEqualTo(definition(before, "db"));
    }

    private static Host withPassword(String password) {
        var host = Hosts.shop();
        var project = host.project();
        var granted = new ArrayList<>(project.granted());
        granted.removeIf(file -> file.name().value().equals("password"));
        granted.add(new GrantedFile(GrantedFile.Kind.SECRET, new ResourceName("password"), Bytes.of(password)));
        return new Host(
                host.name(),
                new Project(
                        project.name(),
                        project.services(),
                        project.networks(),
                        project.volumes(),
                        project.files(),
                        granted),
                host.machine());
    }

    private static String definition(Release release, String service) {
        return release.files().entrySet().stream()
                .filter(file -> file.getKey().value().endsWith("/containers/" + service + ".json"))
                .map(file -> bytes(file.getValue()))
                .findFirst()
                .orElseThrow();
    }

    private static String bytes(FileContent content) {
        return content instanceof FileContent.Held(var bytes, var mode) ? bytes.utf8() : "";
    }

    @Test
    void the_project_s_files_stay_where_they_are_while_they_are_the_same() {
        var one = release(Hosts.shop());
        var other = release(Hosts.host("shop", List.of(), List.of()));

        assertThat(one.id()).isNotEqualTo(other.id());
        assertThat(webConf(one)).isEqualTo(webConf(other));
        assertThat(webConf(one).value()).startsWith("/var/lib/hostseed/shop/files/");
    }

    private static TargetPath webConf(Release release) {
        return release.files().keySet().stream()
                .filter(path -> path.value().endsWith("/web.conf"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_medium_has_no_links_but_the_manifest_has() throws MalformedDataException {
        var release = release(Hosts.shop());
        var medium = release.onMedium();

        assertThat(medium.values()).allMatch(content -> content instanceof FileContent.Held);
        var manifest = Manifest.read(Manifest.of(release).json().toArray());
        assertThat(manifest).isEqualTo(Manifest.of(release));
        assertThat(manifest.paths()).isEqualTo(release.files().keySet());
        assertThat(manifest.links())
                .containsEntry(
                        new TargetPath("/etc/systemd/system/multi-user.target.wants/shop.target"),
                        "/etc/systemd/system/shop.target");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"release\": \"../../../etc/x000\", \"project\": \"a\", \"files\": {}, \"links\": {}}",
                "{\"release\": \"0123456789abcdef\", \"project\": \"../a\", \"files\": {}, \"links\": {}}",
                "{\"release\": \"0123456789abcdef\", \"project\": \"a\", \"files\": {\"/../x\": {}}, \"links\": {}}",
                "{\"release\": \"0123456789abcdef\", \"project\": \"a\", \"files\": {\"/x\": {}}, \"links\": {}}",
                "{\"release\": \"0123456789abcdef\", \"project\": \"a\", \"files\": {}, \"links\": {\"/x\": 1}}"
            })
    void a_manifest_of_another_shape_is_refused(String json) {
        assertThatThrownBy(() -> Manifest.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedDataException.class);
    }

    private static Release release(Host host) {
        return Release.of(host, Media.lock(host));
    }

    private static Lock lock(LockedImage... images) {
        return new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of(images));
    }
}
