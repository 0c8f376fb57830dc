package dev.hostseed.core.build;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/// Tells how many bytes went through.
final class CountedOutputStream extends FilterOutputStream {
    private final LongConsumer told;
    private long count;

    CountedOutputStream(OutputStream out, LongConsumer told) {
        super(out);
        this.told = told;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        told.accept(++count);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        count += length;
        told.accept(count);
    }
}
