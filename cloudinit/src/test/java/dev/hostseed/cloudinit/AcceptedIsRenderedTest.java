package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.Scan;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.systemd.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A fault of the author's is found where it was written, while files are read: what was accepted can be made into
/// units, definitions and user-data.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AcceptedIsRenderedTest {
    private static final LockedImage.Content CONTENT = new LockedImage.Content(Digest.of(new byte[0]), 0);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path project;

    /// `LONG` stands for 100,000 characters.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "services: {a: {image: a, volumes: ['/a :/b', '/a\\:/c', '/\"q\" %n $x:/d', '/ü漢:/e', '/a;b:/f']}}",
                "services: {a: {image: a, volumes: [{type: bind, source: /a:b, target: '/c:d '}]}}",
                "services: {a: {image: a, volumes: ['data:/a\\']}}\nvolumes: {data: }",
                "services: {a: {image: a, working_dir: '/ \\', user: '%n $$x', hostname: a, stop_grace_period: 99y}}",
                "services: {a: {image: a, stop_grace_period: 36500d, healthcheck: {test: x, interval: 36500d}}}",
                "services: {a: {image: a, stop_grace_period: 0s, healthcheck: {test: x, interval: 1ns, timeout: 0s}}}",
                "services: {a: {image: a, restart: on-failure:999999999}}",
                "services: {a: {image: a, restart: on-failure:2147483647}}",
                "services: {'a.b_c-D': {image: a}, 'A': {image: a}, 'a': {image: a}}",
                "services: {a: {image: a, depends_on: {b: {condition: service_completed_successfully}}},"
                        + " b: {image: a, restart: unless-stopped}}",
                "services: {a: {image: a, depends_on: {b: {condition: service_completed_successfully}}},"
                        + " b: {image: a, restart: on-failure}}",
                "services: {a: {image: a, networks: {n: {aliases: ['x y', '']}}}}\nnetworks: {n: {external: true}}",
                "services: {a: {image: a}}\nx-host: {commands: {before_services: ['', ' ', '\\', '%n $x ; #']}}",
                "services: {a: {image: a}}\nx-host: {commands: {before_services: [[/a, '', ' ', '\\', '%n', ';', '-']]}}",
                "services: {a: {image: a}}\nx-host: {commands: {before_services: [[relative, x], ['-x'], ['@a']]}}",
                "services: {a: {image: a}}\n"
                        + "x-host: {commands: {before_services: [[a, &l LONG, *l, *l, *l, *l, *l, *l, *l, *l,"
                        + " *l, *l, *l]]}}",
                "services: {a: {image: a}}\nx-host: {commands: {before_services: [[a, ${X-LONG}${X-LONG}]]}}",
                "services: {a: {image: a, command: [a, &l LONG, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l, *l]}}",
                "services: {a: {image: a}}\nx-host: {commands: {boot: [[a, LONG]], first_boot: [\"\\e[1m\\x7f\"]}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {a: 1e99999, b: .inf, c: -.inf, d: .nan, e: 1e3}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {a: 1e-99999}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {a: 123456789012345678901234567890, b: 0x1F, c: 1.10}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {a: \"\\uD800\", \"\\u0085\": b, '': c, '<<': d, '~': e}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {packages: [a]}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {timezone: UTC}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {preserve_hostname: true}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {package_update: false}, packages: [a]}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {ssh_authorized_keys: []}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {write_files: []}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {bootcmd: [a]}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {merge_how: a}}",
                "services: {a: {image: a}}\nx-host: {cloud_config: {merge_type: a}}",
                "services: {a: {image: a}}\nx-host: {files: [{path: '/ %n/ü', content: \"\\0x\"}, {path: /x, content: ''}]}",
                "services: {a: {image: a}}\nx-host: {files: [{path: '/x', content: \"\\r\\n\\t\", mode: 07777, owner: 'a:1'}]}",
                "services: {a: {image: a}}\nx-host: {users: [{name: a, sudo: [x], uid: 1e99999}]}",
                "name: 0_-\nservices: {a: {image: a}}",
                "name: a-------------------------------------------------------------b\nservices: {a: {image: a}}",
                "name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nservices: {a: {image: a}}",
                "services: {a: {image: a, ports: ['65535:65535/sctp', '1-3:1-3']}}",
                "services: {a: {image: 'a:5000/b/c@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}}",
            })
    void what_was_accepted_can_be_made(String text) throws IOException {
        var file = Files.writeString(project.resolve("compose.yaml"), text.replace("LONG", "x".repeat(100_000)));

        switch (ComposeReader.read(file, Map.of())) {
            case Reading.Accepted(var host, var problems) ->
                assertThat(made(host)).isNotEmpty();
            case Reading.Rejected(var problems) ->
                assertThat(problems)
                        .extracting(Problem::remedy)
                        .allSatisfy(remedy -> assertThat(remedy).isNotEmpty());
        }
    }

    private static String made(Host host) {
        var lock = new Lock(
                host.project().name(),
                1,
                Scan.NONE,
                host.project().images().stream()
                        .map(AcceptedIsRenderedTest::locked)
                        .toList());
        var release = Release.of(host, lock);
        var step = new InstallStep(Digest.of(new byte[0]), release.id());
        return UserData.render(host, step) + release.files();
    }

    private static LockedImage locked(ImageReference image) {
        return new LockedImage(
                image, "", Platform.ofThisMachine(), CONTENT, CONTENT, Digest.of(new byte[0]), List.of());
    }
}
