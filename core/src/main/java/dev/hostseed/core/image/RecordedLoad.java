package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.LoadRecord.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Loads a bundle as [BundleLoader] does, on a host whose power may be cut at any moment. Before the Engine is sent the
/// first byte, a record says which images are on their way; it says that they are loaded once they are on the disk. A
/// load that finds them on their way in another boot takes them out of the Engine, since their files may be there and
/// empty, and loads them again.
public final class RecordedLoad implements Bringing {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Engine engine;
    private final Path file;
    private final String boot;
    private final Consumer<String> report;
    private LoadRecord record;

    private RecordedLoad(Engine engine, Path file, String boot, Consumer<String> report) throws IOException {
        this.engine = engine.withTotalTimeout();
        this.file = file;
        this.boot = boot;
        this.report = report;
        this.record = LoadRecord.read(file, report);
    }

    /// Loads the bundle at `bundle` as `lock` says.
    ///
    /// @param earlier as of [BundleLoader#load]
    /// @param record the host's [LoadRecord], or where one shall be
    /// @param report is given lines for people
    /// @throws BadBundleException if the bundle is not as locked; the Engine was sent nothing
    /// @throws WrongPlatformException if it is for another machine; the Engine was sent nothing
    /// @throws EngineFullException if the Engine's disk has no room
    /// @throws dev.hostseed.core.engine.EngineRefusedException if the Engine does not load an image
    public static LoadReport load(
            Path bundle,
            Lock lock,
            List<Lock> earlier,
            Engine engine,
            Path record,
            Progress progress,
            Consumer<String> report)
            throws IOException {
        return load(
                bundle, lock, earlier, engine, record, Files.readString(BOOT_ID).strip(), progress, report);
    }

    /// Loads the bundle at `bundle`, of no release of this host: nothing is recorded, and so nothing has to be on the
    /// disk before it is.
    public static LoadReport unrecorded(Path bundle, Lock lock, List<Lock> earlier, Engine engine, Progress progress)
            throws IOException {
        requirePlatform(bundle, lock);
        return bring(bundle, lock, earlier, engine.withTotalTimeout(), Bringing.UNRECORDED, progress);
    }

    static LoadReport load(
            Path bundle,
            Lock lock,
            List<Lock> earlier,
            Engine engine,
            Path record,
            String boot,
            Progress progress,
            Consumer<String> report)
            throws IOException {
        requirePlatform(bundle, lock);
        return new RecordedLoad(engine, record, boot, report).run(bundle, lock, earlier, progress);
    }

    private LoadReport run(Path bundle, Lock lock, List<Lock> earlier, Progress progress) throws IOException {
        if (record.mark() instanceof Mark.Loading(var then, var images) && !then.equals(boot)) {
            removeParts();
            for (var image : images) {
                distrust(image);
            }
        }
        var loaded = bring(bundle, lock, earlier, engine, this, progress);
        if (record.mark() instanceof Mark.Loading) {
            progress.at("writing the images to the disk", 0, 0);
            EngineDisk.of(engine).sync();
            record = record.loaded(Digest.of(LockFile.write(lock)));
            record.write(file);
        }
        return loaded;
    }

    private static LoadReport bring(
            Path bundle, Lock lock, List<Lock> earlier, Engine engine, Bringing bringing, Progress progress)
            throws IOException {
        try {
            return BundleLoader.load(bundle, lock, earlier, engine, bringing, progress);
        } catch (EngineFullException full) {
            throw new EngineFullException(
                    full.getMessage() + EngineDisk.of(engine).free());
        }
    }

    @Override
    public void begins(List<LockedImage> images) throws IOException {
        record = record.loading(boot, images);
        record.write(file);
    }

    private void removeParts() throws IOException {
        var images = new EngineImages(engine);
        for (var part : images.parts()) {
            images.remove(part);
        }
    }

    private void distrust(LoadRecord.Brought image) throws IOException {
        var removal = new ImageRemoval(engine);
        var present = removal.find(image);
        if (present.isEmpty()) {
            return;
        }
        if (ImageRemoval.uses(removal.inUse(), image, present.get())) {
            report.accept(image.reference() + " was being loaded when the host went down, and a container has it: if it"
                    + " misbehaves, remove the container and load again");
            return;
        }
        report.accept(image.reference() + " was being loaded when the host went down: loading it again");
        removal.remove(present.get());
    }

    private static void requirePlatform(Path bundle, Lock lock) throws WrongPlatformException {
        var host = Platform.ofThisMachine();
        for (var image : lock.images()) {
            var made = image.platform();
            if (!made.os().equals(host.os()) || !made.architecture().equals(host.architecture())) {
                throw new WrongPlatformException(
                        "%s: %s is for %s, the host is %s: its containers would not start; build the seed for this host"
                                .formatted(bundle, image.reference(), made, host));
            }
        }
    }
}
