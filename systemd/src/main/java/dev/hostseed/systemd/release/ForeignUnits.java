package dev.hostseed.systemd.release;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.unit.ProjectUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Units that are not ours, whose names must not be taken.
final class ForeignUnits {
    /// Where distributions, other software and the running system have theirs.
    private static final List<TargetPath> DIRECTORIES = List.of(
            new TargetPath("/usr/lib/systemd/system"),
            new TargetPath("/lib/systemd/system"),
            new TargetPath("/usr/local/lib/systemd/system"),
            new TargetPath("/run/systemd/system"));

    /// Those that systemd makes itself, without a file.
    private static final Set<String> BUILT_IN = Set.of("system.slice", "user.slice", "machine.slice");

    private ForeignUnits() {}

    static boolean isUnit(TargetPath path) {
        return path.value().startsWith(ProjectUnits.DIRECTORY.value() + "/");
    }

    /// @throws ForeignUnitException if a unit of `medium` would replace, or come before, one that is in no earlier
    /// release
    static void check(Medium medium, EarlierReleases earlier, Path root) throws IOException {
        for (var file : medium.files().entrySet()) {
            if (isUnit(file.getKey())) {
                checkPlace(file.getKey(), file.getValue(), earlier, root);
                checkName(
                        file.getKey()
                                .value()
                                .substring(ProjectUnits.DIRECTORY.value().length() + 1),
                        root);
            }
        }
    }

    private static void checkPlace(TargetPath path, FileContent content, EarlierReleases earlier, Path root)
            throws IOException {
        var file = path.under(root);
        if (content instanceof FileContent.Link || earlier.own(path)) {
            return; // the unit that a link leads to is looked at, too
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ForeignUnitException(path + " is not ours; remove it, or name the project otherwise");
        }
    }

    private static void checkName(String name, Path root) throws ForeignUnitException {
        if (name.contains("/")) {
            return; // a drop-in or a link: its unit is looked at
        }
        var place = DIRECTORIES.stream()
                .map(directory -> directory.resolve(name))
                .filter(path -> Files.exists(path.under(root), LinkOption.NOFOLLOW_LINKS))
                .findFirst();
        if (place.isPresent() || BUILT_IN.contains(name)) {
            throw new ForeignUnitException("%s is a unit of the system (%s); name the project otherwise"
                    .formatted(name, place.map(TargetPath::value).orElse("built in")));
        }
    }
}
