package dev.hostseed.systemd.supervise;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A process of the host that is not our child, held so that its number cannot come to mean another one. The only class
/// that needs JNA: whoever names it first pays for loading that.
///
/// Rules: pidfd_open(2), pidfd_send_signal(2), poll(2); the numbers of system calls are the same on every architecture
/// that Linux got since.
final class Pidfd implements AutoCloseable {
    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final long PIDFD_OPEN = 434;
    private static final int POLLIN = 1;
    private static final int ESRCH = 3;
    private static final int EINTR = 4;

    static {
        Native.register(Pidfd.class, "c");
    }

    private final int descriptor;
    private boolean closed;

    private Pidfd(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Nothing if there is no such process.
    static @Nullable Pidfd open(int pid) throws IOException {
        try {
            return new Pidfd((int) syscall(PIDFD_OPEN, pid, 0, 0, 0));
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() == ESRCH) {
                return null;
            }
            throw new IOException("cannot open process " + pid + ": " + failure.getMessage(), failure);
        }
    }

    /// Waits until the process has ended, but not longer than `time`; whether it has.
    boolean awaitEnd(Duration time) throws IOException {
        var deadline = System.nanoTime() + time.toNanos();
        try (var pollfd = new Memory(8)) {
            while (true) {
                pollfd.setInt(0, descriptor);
                pollfd.setInt(4, POLLIN); // events, and no revents yet
                var left = Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
                try {
                    return poll(pollfd, 1, (int) Math.min(left, Integer.MAX_VALUE)) > 0;
                } catch (LastErrorException failure) {
                    if (failure.getErrorCode() != EINTR) {
                        throw new IOException("cannot wait for a process: " + failure.getMessage(), failure);
                    }
                }
            }
        }
    }

    /// Sends the signal; nothing happens if the process has ended.
    void signal(int number) throws IOException {
        try {
            syscall(PIDFD_SEND_SIGNAL, descriptor, number, 0, 0);
        } catch (LastErrorException failure) {
            if (failure.getErrorCode() != ESRCH) {
                throw new IOException("cannot send signal " + number + ": " + failure.getMessage(), failure);
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            close(descriptor);
        }
    }

    private static native long syscall(long number, long a, long b, long c, long d) throws LastErrorException;

    private static native int poll(Pointer descriptors, long count, int timeoutMillis) throws LastErrorException;

    private static native int close(int descriptor) throws LastErrorException;
}
