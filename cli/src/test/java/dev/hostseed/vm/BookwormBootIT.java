package dev.hostseed.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Debian 12, with the seed as a disk.
class BookwormBootIT extends SeedBoot {
    @Override
    String suite() {
        return "bookworm";
    }

    @Override
    Medium medium(Path iso) {
        return new Medium.Disk(iso);
    }

    @Test
    @Order(20)
    void it_comes_up_after_a_power_cut_without_the_seed() throws IOException, InterruptedException {
        vm().cutPower();
        vm().switchOn(List.of());
        assertUp();
        assertServing();
    }
}
