package dev.hostseed.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/// A medium that does not hold what was written to it.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrokenSeedIT {
    private static final Duration TO_FAIL = Duration.ofMinutes(5);

    @Test
    void one_wrong_byte_in_an_image_is_told_and_nothing_is_loaded() throws IOException, InterruptedException {
        Requirements.check();
        var folder = Path.of("target/vm", getClass().getSimpleName());
        var iso = Files.createDirectories(folder).resolve("seed.iso").toAbsolutePath();
        Files.copy(ShopSeed.iso(), iso, StandardCopyOption.REPLACE_EXISTING);
        var blob = SeedIso.largestBlob(iso);
        SeedIso.flipBit(iso, blob);

        var suite = Requirements.runtimeRunsOn("bookworm") ? "bookworm" : "trixie";
        try (var vm = new Vm(VmImage.of(suite), 1, folder)) {
            vm.switchOn(List.of(new Medium.Disk(iso)));

            vm.await("hostseed-install.service has failed", TO_FAIL, "systemctl is-failed hostseed-install.service");
            vm.await("Docker is active", TO_FAIL, "systemctl is-active docker.service");
            assertThat(vm.read("journalctl -u hostseed-install.service")).contains(blob.digest());
            assertThat(vm.read("docker images --all --quiet")).isEmpty();
            assertThat(vm.read("docker ps --all --quiet")).isEmpty();
            vm.check("no unit of the project is active", "! systemctl is-active shop.target");
        }
    }
}
