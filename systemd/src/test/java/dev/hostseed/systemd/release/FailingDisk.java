package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.FileMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/// A disk on which one operation fails. A file that was being made is left half made.
final class FailingDisk implements Disk {
    private final Disk real = Disk.real();
    private final int failing;
    private final boolean forGood;
    private int operations;

    private FailingDisk(int failing, boolean forGood) {
        this.failing = failing;
        this.forGood = forGood;
    }

    /// Its operation number `failing`, from 1, and every later one fail: as if the process had been killed.
    static FailingDisk killedAt(int failing) {
        return new FailingDisk(failing, true);
    }

    /// Its operation number `failing`, from 1, fails, and no other.
    static FailingDisk withErrorAt(int failing) {
        return new FailingDisk(failing, false);
    }

    static FailingDisk sound() {
        return new FailingDisk(Integer.MAX_VALUE, false);
    }

    int operations() {
        return operations;
    }

    private boolean fails() {
        operations++;
        return forGood ? operations >= failing : operations == failing;
    }

    private void next() throws IOException {
        if (fails()) {
            throw new IOException("operation " + operations + " failed");
        }
    }

    @Override
    public void makeDirectory(Path directory, FileMode mode) throws IOException {
        next();
        real.makeDirectory(directory, mode);
    }

    @Override
    public void create(Path file, Content content, FileMode mode) throws IOException {
        if (!fails()) {
            real.create(file, content, mode);
            return;
        }
        if (operations == failing) {
            var whole = new ByteArrayOutputStream();
            content.writeTo(whole);
            real.create(file, out -> out.write(whole.toByteArray(), 0, whole.size() / 2), mode);
        }
        throw new IOException("operation " + operations + " failed");
    }

    @Override
    public void link(Path link, String target) throws IOException {
        next();
        real.link(link, target);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        next();
        real.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        next();
        real.delete(path);
    }

    @Override
    public void sync(Path directory) throws IOException {
        next();
        real.sync(directory);
    }
}
