package dev.hostseed.core.work;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;

/// What whoever waited for work throws instead of the exceptions of `java.util.concurrent`.
public final class WorkFailure {
    private WorkFailure() {}

    /// What ended the work behind `failure`, if that is an I/O error; a bug is thrown as it is.
    public static IOException of(ExecutionException failure) {
        return switch (failure.getCause()) {
            case IOException io -> io;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failure);
        };
    }

    /// For a thread that was asked to stop: it counts as interrupted from now on, so that it is asked again wherever
    /// it waits next.
    public static InterruptedIOException of(InterruptedException asked) {
        Thread.currentThread().interrupt();
        var failure = new InterruptedIOException("interrupted");
        failure.initCause(asked);
        return failure;
    }
}
