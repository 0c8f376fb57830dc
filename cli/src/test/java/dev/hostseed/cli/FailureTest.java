package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.WrongPlatformException;
import dev.hostseed.core.problem.Code;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FailureTest {
    @Test
    void each_fault_of_a_bundle_an_engine_and_a_disk_has_its_exit_code() {
        assertThat(Failure.of(new BadBundleException("damaged")))
                .isEqualTo(failure(ExitCode.BAD_BUNDLE, Code.X4, "damaged"));
        assertThat(Failure.of(new EngineUnreachableException("away")))
                .isEqualTo(failure(ExitCode.ENGINE_UNREACHABLE, Code.D01, "away"));
        assertThat(Failure.of(new EngineRefusedException(500, "no")))
                .isEqualTo(failure(ExitCode.REFUSED, Code.D14, "the Docker Engine says: no"));
        assertThat(Failure.of(new EngineFullException("full"))).isEqualTo(failure(ExitCode.HOST_IO, Code.D16, "full"));
        assertThat(Failure.of(new SocketTimeoutException("hangs")))
                .isEqualTo(failure(ExitCode.REFUSED, Code.D12, "hangs"));
        assertThat(Failure.of(new WrongPlatformException("arm64")))
                .isEqualTo(failure(ExitCode.POLICY, Code.B20, "arm64"));
        assertThat(Failure.of(new IOException("Input/output error")))
                .isEqualTo(failure(ExitCode.HOST_IO, Code.X7, "Input/output error"));
        assertThat(Failure.of(new AccessDeniedException("/x")))
                .isEqualTo(failure(ExitCode.HOST_IO, Code.X7, "/x: permission denied"));
    }

    private static Failure failure(ExitCode code, Code rule, String what) {
        return new Failure(code, rule, what);
    }
}
