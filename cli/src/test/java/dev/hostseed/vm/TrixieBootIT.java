package dev.hostseed.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Debian 13, with the seed as a CD-ROM.
class TrixieBootIT extends SeedBoot {
    @Override
    String suite() {
        return "trixie";
    }

    @Override
    Medium medium(Path iso) {
        return new Medium.Cd(iso);
    }

    @Test
    @Order(20)
    void it_comes_up_by_itself_after_a_reboot() throws IOException, InterruptedException {
        vm().reboot();
        assertUp();
        assertQuiet();
        assertServing();
    }

    @Test
    @Order(21)
    void it_comes_up_without_the_seed() throws IOException, InterruptedException {
        vm().switchOff();
        vm().switchOn(List.of());
        assertUp();
        assertQuiet();
        assertServing();
    }
}
