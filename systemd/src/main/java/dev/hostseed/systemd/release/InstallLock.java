package dev.hostseed.systemd.release;

import dev.hostseed.core.host.TargetPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// That one installation at a time changes a host. It goes with the process, however that ends.
final class InstallLock implements Closeable {
    private static final TargetPath FILE = new TargetPath("/run/hostseed/install.lock");

    private final FileChannel channel;

    private InstallLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws BusyException if somebody else has it
    static InstallLock take(Path root) throws IOException {
        var file = FILE.under(root);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new InstallLock(channel);
            }
        } catch (OverlappingFileLockException alsoTaken) {
            channel.close();
            throw new BusyException("another installation is under way in this process");
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        throw new BusyException("another installation is under way: " + file + " is locked");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
