package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.HostName;
import dev.hostseed.core.host.Machine;
import dev.hostseed.core.host.Machine.Command;
import dev.hostseed.core.host.Machine.HostFile;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What cloud-init itself says of user-data.
@DisplayNameGeneration(ReplaceUnderscores.class)
class UserDataIT {
    private static final InstallStep STEP = new InstallStep(Digest.of(new byte[0]), "hostseed-shop-1-0123456789abcdef");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void the_least_of_it_is_valid() throws Exception {
        assertValid(Machine.plain());
    }

    @Test
    void all_of_it_is_valid() throws Exception {
        assertValid(new Machine(
                "Europe/Zurich",
                new Machine.Access(
                        List.of(Data.mapping().with("name", "ops").with("sudo", "ALL=(ALL) NOPASSWD:ALL")),
                        List.of("ssh-ed25519 AAAA ops")),
                List.of("jq"),
                List.of(
                        file("/etc/motd", "Willkommen\n", "root:root"),
                        file("/home/ops/a", "trailing \r\n", "ops:ops"),
                        file("/etc/large", "x".repeat(1025), "root:root")),
                new Machine.Commands(
                        List.of(new Command.Shell("echo a: b")),
                        List.of(new Command.Words(List.of("echo", "it's", "$HOME")), new Command.Shell("exit 1")),
                        List.of()),
                Data.mapping().with("ssh_pwauth", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "everything", "awkward-strings"})
    void what_was_reviewed_is_valid(String golden) throws Exception {
        assertValid(Path.of("src/test/golden", golden, "expected/user-data"));
    }

    private static HostFile file(String path, String content, String owner) {
        return new HostFile(new TargetPath(path), Bytes.of(content), FileMode.READABLE, owner);
    }

    private void assertValid(Machine machine) throws Exception {
        var project = new Project(new ProjectName("shop"), List.of(), List.of(), List.of(), List.of(), List.of());
        var text = UserData.render(new Host(new HostName("shop-1"), project, machine), STEP);
        assertValid(Files.writeString(temporary.resolve("user-data"), text));
    }

    private static void assertValid(Path file) throws Exception {
        Tool.require("cloud-init", "--version");

        assertThat(Tool.run("cloud-init", "schema", "-c", file.toString()).strip())
                .isIn("Valid cloud-config: " + file, "Valid schema " + file); // 22.4, 25.1
    }
}
