package dev.hostseed.cli.build;

import dev.hostseed.cli.UsageException;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockDiff;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The lock of a project, which lies beside its Compose file and belongs into version control with it: what it holds
/// the
/// images to, and what it says afterwards.
final class LockOptions {
    private static final String ALL = "*";

    @Option(
            names = "--lock",
            paramLabel = "FILE",
            description = "The project's lock; hostseed.lock in the project directory unless said.")
    private @Nullable Path file;

    @Option(
            names = "--locked",
            description = "Fail, and change nothing, if an image is not the one that the lock pins.")
    private boolean locked;

    @Option(
            names = "--update",
            arity = "0..1",
            fallbackValue = ALL,
            paramLabel = "IMAGE",
            description = "Ask the registry anew for what its tag names now, instead of what the lock pins; for IMAGE, "
                    + "which may be given again, or for all.")
    private List<String> updated = List.of();

    /// What the lock in `projectDirectory` holds the images of `project` to.
    Pins pins(Path projectDirectory, Project project) throws IOException, UsageException {
        if (locked && !updated.isEmpty()) {
            throw new UsageException("--locked and --update contradict each other");
        }
        var earlier = earlier(projectDirectory);
        if (earlier.isEmpty()) {
            if (locked) {
                throw new BadBundleException(
                        place(projectDirectory) + ": missing; build once without --locked, and keep what it writes");
            }
            return Pins.NONE;
        }
        var pins = Pins.of(earlier.get());
        var wanted = toUpdate(project);
        pins = updated.contains(ALL) ? pins.updating(image -> true) : pins.updating(wanted::contains);
        return locked ? pins.locked() : pins;
    }

    /// Writes `lock` where the project's lock is, and tells what it changes there.
    void keep(Lock lock, Path projectDirectory, Telling telling) throws IOException {
        var place = place(projectDirectory);
        var directory = Objects.requireNonNull(place.toAbsolutePath().getParent(), "a lock is no root directory");
        var earlier = earlier(projectDirectory);
        var text = LockFile.write(lock);
        if (earlier.isPresent() && Arrays.equals(LockFile.write(earlier.get()), text)) {
            return;
        }
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(new TargetPath("/" + place.getFileName()), new FileContent.Held(Bytes.of(text), FileMode.READABLE));
        FileTree.write(files, directory);
        telling.made("lock", place);
        if (earlier.isPresent()) {
            LockDiff.between(earlier.get().images(), lock.images()).lines().forEach(telling.terminal()::say);
        }
    }

    private Set<ImageReference> toUpdate(Project project) throws UsageException {
        var images = new HashSet<ImageReference>();
        for (var text : updated) {
            if (!text.equals(ALL)) {
                images.add(toUpdate(text, project));
            }
        }
        return images;
    }

    private static ImageReference toUpdate(String text, Project project) throws UsageException {
        return project.images().stream()
                .filter(image -> image.toString().equals(text) || image.tagged().equals(text + ":latest"))
                .findFirst()
                .orElseThrow(() -> new UsageException("no service has the image '" + text
                        + "' that is to be updated (a FILE goes before --update, or after --update=IMAGE)"));
    }

    private Optional<Lock> earlier(Path projectDirectory) throws IOException {
        var place = place(projectDirectory);
        return Files.exists(place) ? Optional.of(LockFile.read(place)) : Optional.empty();
    }

    private Path place(Path projectDirectory) {
        return file == null ? projectDirectory.resolve(Bundle.LOCK) : file;
    }
}
