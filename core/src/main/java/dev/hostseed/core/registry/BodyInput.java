package dev.hostseed.core.registry;

import dev.hostseed.core.data.BulkInputStream;
import dev.hostseed.core.work.WorkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of an answer, as it comes. The JDK's own stream waits without end for a server that falls silent.
final class BodyInput extends BulkInputStream implements HttpResponse.BodySubscriber<InputStream> {
    private static final int AHEAD = 4; // parts of some 16 KiB that wait here

    private final Duration idle;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private boolean ended;

    BodyInput(Duration idle) {
        this.idle = idle;
    }

    private sealed interface Part {
        record Bytes(List<ByteBuffer> buffers) implements Part {}

        record End() implements Part {}

        record Broken(Throwable why) implements Part {}
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription.complete(to);
        to.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part.Bytes(buffers));
    }

    @Override
    public void onError(Throwable why) {
        parts.add(new Part.Broken(why));
    }

    @Override
    public void onComplete() {
        parts.add(new Part.End());
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        var buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        var count = Math.min(length, buffer.remaining());
        buffer.get(to, offset, count);
        return count;
    }

    /// What has bytes left; null at the end.
    private @Nullable ByteBuffer buffer() throws IOException {
        while (!ended) {
            while (!ready.isEmpty()) {
                if (ready.getFirst().hasRemaining()) {
                    return ready.getFirst();
                }
                ready.removeFirst();
            }
            take();
        }
        return null;
    }

    private void take() throws IOException {
        switch (next()) {
            case Part.Bytes(var buffers) -> {
                ready.addAll(buffers);
                subscription.join().request(1);
            }
            case Part.End() -> ended = true;
            case Part.Broken(var why) -> {
                ended = true;
                throw why instanceof IOException io ? io : new IOException(why);
            }
        }
    }

    private Part next() throws IOException {
        try {
            var part = parts.poll(idle.toMillis(), TimeUnit.MILLISECONDS);
            if (part == null) {
                throw new IOException("nothing came for " + idle.toSeconds() + " seconds");
            }
            return part;
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
    }

    /// What has not come is not waited for: the connection ends then.
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            subscription.thenAccept(Flow.Subscription::cancel);
        }
    }
}
