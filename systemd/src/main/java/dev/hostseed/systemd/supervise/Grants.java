package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The configs and the secrets of one container: files of its own below the run directory, which is a tmpfs, in
/// directories that only root may enter. So a file's owner and mode are for the container alone, which sees the file
/// and nothing else of the directory.
///
/// The files are there from before the container is made until after it is removed; a supervisor that adopts it leaves
/// them alone.
///
/// @param definition of the container
record Grants(ContainerDefinition definition, Surroundings around) {
    private static final FileAttribute<?> ONLY_OWNER_ENTERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final FileAttribute<?> ONLY_OWNER_READS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /// Puts the files to their places; what was there is removed.
    ///
    /// @throws PolicyException if others than the release's owner may use a secret of it
    void place() throws IOException {
        remove();
        for (var i = 0; i < definition.grants().size(); i++) {
            var file = file(i);
            Files.createDirectories(Objects.requireNonNull(file.getParent()), ONLY_OWNER_ENTERS);
            place(definition.grants().get(i).mount(), file);
        }
    }

    /// `create` with a mount for each file.
    Data.Mapping mountedIn(Data.Mapping create) throws IOException {
        if (definition.grants().isEmpty()) {
            return create;
        }
        var host = Fields.mapping(create, "HostConfig");
        var mounts = new ArrayList<Data>(
                host.find("Mounts").isPresent() ? Fields.sequence(host, "Mounts") : List.<Data>of());
        for (var i = 0; i < definition.grants().size(); i++) {
            mounts.add(Data.mapping()
                    .with("Type", "bind")
                    .with("Source", file(i).toString())
                    .with("Target", definition.grants().get(i).mount().target().value())
                    .with("ReadOnly", true));
        }
        return create.with("HostConfig", host.with("Mounts", new Data.Sequence(mounts)));
    }

    /// Removes what [#place] made.
    void remove() throws IOException {
        for (var kind : Kind.values()) {
            if (Files.isDirectory(directory(kind), LinkOption.NOFOLLOW_LINKS)) {
                try (var files = Files.newDirectoryStream(directory(kind))) {
                    for (var file : files) {
                        Files.delete(file);
                    }
                }
                Files.delete(directory(kind));
            }
        }
    }

    private Path directory(Kind kind) {
        return around.run().resolve(kind.section()).resolve(RunFiles.nameOf(definition));
    }

    /// Called as its source, and a number after that if the source is granted more than once.
    private Path file(int index) {
        var mount = definition.grants().get(index).mount();
        var before = definition.grants().subList(0, index).stream()
                .map(Grant::mount)
                .filter(other -> other.kind() == mount.kind() && other.source().equals(mount.source()))
                .count();
        return directory(mount.kind()).resolve(before == 0 ? mount.source().value() : mount.source() + "@" + before);
    }

    private void place(Mount.Granted mount, Path file) throws IOException {
        var content = content(mount);
        Files.createFile(file, ONLY_OWNER_READS);
        Files.write(file, content);
        chown(file, "unix:gid", mount.owner().gid());
        chown(file, "unix:uid", mount.owner().uid());
        Files.setAttribute(file, "unix:mode", mount.mode().bits());
    }

    private static void chown(Path file, String attribute, int id) throws IOException {
        if (!Objects.equals(Files.getAttribute(file, attribute), id)) {
            Files.setAttribute(file, attribute, id);
        }
    }

    /// A credential that systemd gave takes the place of what the release has.
    ///
    /// Rule: systemd.exec(5), "LoadCredential=".
    private byte[] content(Mount.Granted mount) throws IOException {
        var name = mount.source().value();
        var given = around.environment().getOrDefault("CREDENTIALS_DIRECTORY", "");
        if (mount.kind() == Kind.SECRET && !given.isEmpty()) {
            try {
                var credential = Files.readAllBytes(Path.of(given, name));
                around.reporter().report("the secret " + name + " is a credential of the host");
                return credential;
            } catch (NoSuchFileException carried) {
                // then it is in the release
            }
        }
        var file = around.state().resolve(mount.kind().section()).resolve(name);
        if (mount.kind() == Kind.SECRET) {
            refuseOpen(file);
        }
        return Files.readAllBytes(file);
    }

    private void refuseOpen(Path secret) throws IOException {
        var mode = (int) Files.getAttribute(secret, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        var owner = Files.getAttribute(secret, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if ((mode & 077) != 0 || !owner.equals(Files.getAttribute(around.state(), "unix:uid"))) {
            throw new PolicyException(
                    "others than root may use " + secret + "; make it root's, chmod 600 it, and change the secret");
        }
    }
}
