package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ServiceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UnitNamesIT {
    @ParameterizedTest
    @ValueSource(strings = {"web", "my-app", "-x-", "--", ".hidden", "a.b", "A_b.C-d", "..."})
    void slices_are_escaped_as_systemd_escape_does(String service) throws Exception {
        Tool.require(Files.isExecutable(Path.of("/usr/bin/systemd-escape")), "systemd-escape");

        var escaped = Tool.output(List.of("systemd-escape", "--", service)).strip();

        assertThat(UnitNames.slice(new ProjectName("my-shop"), new ServiceName(service))
                        .value())
                .isEqualTo("my\\x2dshop-" + escaped + ".slice");
    }
}
