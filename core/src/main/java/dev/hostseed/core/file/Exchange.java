package dev.hostseed.core.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Two files or directories change names in one step, which the Java platform cannot do.
///
/// Rule: renameat2(2), `RENAME_EXCHANGE`; in glibc since 2.28.
final class Exchange {
    private static final int AT_FDCWD = -100;
    private static final int RENAME_EXCHANGE = 2;

    /// What says that this kernel or file system cannot: EINVAL, EXDEV (an overlay), ENOSYS, EOPNOTSUPP.
    private static final Set<Integer> CANNOT = Set.of(22, 18, 38, 95);

    private Exchange() {}

    /// @return whether they have changed names; if not, nothing has happened, and nothing can on this file system
    static boolean of(Path one, Path other) throws IOException {
        try (var memory = Arena.ofConfined()) {
            var function = function();
            if (function.isEmpty()) {
                return false;
            }
            var state = memory.allocate(Linker.Option.captureStateLayout());
            var result = (int) function.get()
                    .invokeExact(
                            state,
                            AT_FDCWD,
                            memory.allocateFrom(one.toString()),
                            AT_FDCWD,
                            memory.allocateFrom(other.toString()),
                            RENAME_EXCHANGE);
            return result == 0 || refuse(one, other, errno(state));
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible); // a C function throws nothing
        }
    }

    private static boolean refuse(Path one, Path other, int errno) throws FileSystemException {
        if (CANNOT.contains(errno)) {
            return false;
        }
        throw new FileSystemException(one.toString(), other.toString(), "cannot change names, error " + errno);
    }

    private static int errno(MemorySegment state) {
        var at = MemoryLayout.PathElement.groupElement("errno");
        return (int) Linker.Option.captureStateLayout().varHandle(at).get(state, 0L);
    }

    @SuppressWarnings("restricted") // the launcher grants native access
    private static Optional<MethodHandle> function() {
        var linker = Linker.nativeLinker();
        var type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("renameat2")
                .map(address -> linker.downcallHandle(address, type, Linker.Option.captureCallState("errno")));
    }
}
