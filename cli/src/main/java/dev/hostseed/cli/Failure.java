package dev.hostseed.cli;

import dev.hostseed.core.build.BuildFailedException;
import dev.hostseed.core.build.UnbuildableException;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.BundleInUseException;
import dev.hostseed.core.image.DamagedStoreException;
import dev.hostseed.core.image.WrongPlatformException;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.registry.RegistryException;
import dev.hostseed.core.scan.SecretsFoundException;
import dev.hostseed.core.signature.BadSignatureException;
import dev.hostseed.core.signature.RollbackException;
import dev.hostseed.systemd.release.BusyException;
import dev.hostseed.systemd.release.ForeignUnitException;
import dev.hostseed.systemd.release.SystemctlException;
import dev.hostseed.systemd.supervise.HookFailedException;
import dev.hostseed.systemd.supervise.NoImageException;
import dev.hostseed.systemd.supervise.PolicyException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// How a command that could not do its work ends: one line, and the exit code for whose fault it was.
///
/// @param rule for programs, where more than one fault has the exit code
public record Failure(ExitCode code, Code rule, String what) {

    /// Of no narrower rule than that of its exit code.
    public Failure(ExitCode code, String what) {
        this(code, ruleOf(code), what);
    }

    public static Failure of(Exception cause) {
        return switch (cause) {
            case UsageException usage ->
                new Failure(ExitCode.USAGE, said(usage) + "; 'hostseed --help' tells what there is");
            case UnbuildableException unbuildable -> new Failure(ExitCode.BAD_INPUT, said(unbuildable));
            case BuildFailedException failed -> new Failure(ExitCode.REFUSED, said(failed));
            case BadBundleException bad -> new Failure(ExitCode.BAD_BUNDLE, said(bad));
            case RegistryException registry -> new Failure(ExitCode.BAD_BUNDLE, Code.B28, said(registry));
            case EngineUnreachableException away -> new Failure(ExitCode.ENGINE_UNREACHABLE, said(away));
            case EngineFullException full -> new Failure(ExitCode.HOST_IO, Code.D16, said(full));
            case DamagedStoreException damaged -> new Failure(ExitCode.HOST_IO, Code.D20, said(damaged));
            case EngineLostException lost -> new Failure(ExitCode.REFUSED, Code.D11, said(lost));
            case SocketTimeoutException silent -> new Failure(ExitCode.REFUSED, Code.D12, said(silent));
            case EngineRefusedException refused ->
                new Failure(ExitCode.REFUSED, "the Docker Engine says: " + said(refused));
            case SystemctlException systemd -> new Failure(ExitCode.REFUSED, Code.S20, said(systemd));
            case NoImageException image -> new Failure(ExitCode.REFUSED, said(image));
            case HookFailedException hook -> new Failure(ExitCode.REFUSED, said(hook));
            case PolicyException policy -> new Failure(ExitCode.POLICY, said(policy));
            case BadSignatureException signature -> new Failure(ExitCode.BAD_BUNDLE, Code.B23, said(signature));
            case RollbackException rollback -> new Failure(ExitCode.POLICY, Code.B24, said(rollback));
            case SecretsFoundException secrets -> new Failure(ExitCode.POLICY, Code.K06, said(secrets));
            case WrongPlatformException platform -> new Failure(ExitCode.POLICY, Code.B20, said(platform));
            case ForeignUnitException foreign -> new Failure(ExitCode.POLICY, Code.N05, said(foreign));
            case BusyException busy -> new Failure(ExitCode.LOCKED, said(busy));
            case BundleInUseException busy -> new Failure(ExitCode.LOCKED, said(busy));
            case MalformedDataException malformed -> new Failure(ExitCode.BAD_BUNDLE, said(malformed));
            case FileSystemException file -> new Failure(ExitCode.HOST_IO, ofFile(file));
            case IOException io -> new Failure(ExitCode.HOST_IO, said(io));
            default -> new Failure(ExitCode.BUG, "a bug in hostseed: " + cause + bugAt(cause));
        };
    }

    private static Code ruleOf(ExitCode code) {
        return switch (code) {
            case OK, BAD_INPUT -> Code.L00;
            case BUG -> Code.X1;
            case USAGE -> Code.X2;
            case BAD_BUNDLE -> Code.X4;
            case ENGINE_UNREACHABLE -> Code.D01;
            case REFUSED -> Code.D14;
            case HOST_IO -> Code.X7;
            case LOCKED -> Code.S08;
            case POLICY -> Code.X9;
        };
    }

    /// Writes the line, and where a bug shall be found also the trace.
    public int tell(Terminal terminal, Exception cause) {
        terminal.fail(what);
        if (code == ExitCode.BUG && System.getenv("HOSTSEED_TRACE") != null) {
            cause.printStackTrace(terminal.err());
        }
        return code.code();
    }

    private static String said(Exception cause) {
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static String ofFile(FileSystemException fault) {
        var why = switch (fault) {
            case NoSuchFileException ignored -> "no such file or directory";
            case AccessDeniedException ignored -> "permission denied";
            case FileAlreadyExistsException ignored -> "exists already";
            case NotDirectoryException ignored -> "not a directory";
            case DirectoryNotEmptyException ignored -> "directory not empty";
            default -> fault.getReason();
        };
        var file = fault.getFile();
        return why == null ? said(fault) : (file == null ? "" : file + ": ") + why;
    }

    private static String bugAt(Exception cause) {
        var trace = cause.getStackTrace();
        return (trace.length == 0 ? "" : " at " + trace[0])
                + " — nothing was changed on purpose after that; please report it, with the output of HOSTSEED_TRACE=1";
    }
}
