package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.FileContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real systemd makes of the credentials that a unit asks for.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CredentialsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void a_unit_gets_those_that_the_host_has_and_starts_without_the_others() throws Exception {
        Tool.require(UserSystemd.isUsable(), "root, unshare and systemd");
        Files.createDirectories(directory.resolve("credstore"));
        Files.writeString(directory.resolve("credstore/shop.password"), "from the host");
        var out = directory.resolve("out");
        var script = "cd \"$CREDENTIALS_DIRECTORY\" && for c in *; do echo \"$c: $(cat \"$c\")\"; done >" + out;

        UserSystemd.start(directory, Map.of("x.service", """
                [Service]
                Type=oneshot
                %s
                %s
                """.formatted(
                credentials(),
                Directive.command("ExecStart", List.of("/bin/sh", "-c", script)).line())));

        assertThat(out).content().isEqualTo("password: from the host\n");
    }

    /// The lines of a unit that asks for two.
    private static String credentials() {
        var path = ProjectUnits.DIRECTORY.resolve("shop-db.service");
        var unit = (FileContent.Held)
                Objects.requireNonNull(ProjectUnits.render(Hosts.shop()).get(path));
        var lines = unit.bytes()
                .utf8()
                .lines()
                .filter(line -> line.startsWith("LoadCredential="))
                .collect(Collectors.joining("\n"));
        assertThat(lines).contains("a.key").contains("password");
        return lines;
    }
}
