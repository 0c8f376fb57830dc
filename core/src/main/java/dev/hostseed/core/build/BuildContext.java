package dev.hostseed.core.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.image.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the Engine's own builder gets: the files of a context that are not ignored, with the Dockerfile among them,
/// wherever it lay.
///
/// Rule: docker/cli: the builder takes `.dockerignore` and the Dockerfile away again where they are to be ignored, and
/// a Dockerfile that is not of the context by a line that is added to `.dockerignore`.
final class BuildContext {
    private static final String IGNORE = ".dockerignore";

    private final Path directory;
    private final IgnoreRules rules;
    private final String dockerfile;
    private final Optional<byte[]> added;

    private BuildContext(Path directory, IgnoreRules rules, String dockerfile, Optional<byte[]> added) {
        this.directory = directory;
        this.rules = rules;
        this.dockerfile = dockerfile;
        this.added = added;
    }

    /// @throws UnbuildableException if the context or the Dockerfile is not there, or a pattern is none
    static BuildContext of(ImageBuild build) throws IOException {
        var recipe = build.recipe();
        check(build);
        var directory = recipe.context().toRealPath();
        return switch (recipe.dockerfile()) {
            case Dockerfile.Inline(var text) ->
                withAdded(directory, rules(build, directory.resolve(IGNORE)), text.getBytes(UTF_8));
            case Dockerfile.File(var file) -> {
                var real = file.toRealPath();
                var own = file.resolveSibling(file.getFileName() + IGNORE);
                var rules = rules(build, Files.isRegularFile(own) ? own : directory.resolve(IGNORE));
                yield real.startsWith(directory)
                        ? within(directory, rules, directory.relativize(real).toString())
                        : withAdded(directory, rules, Files.readAllBytes(real));
            }
        };
    }

    /// @throws UnbuildableException if the context or the Dockerfile is not there
    static void check(ImageBuild build) throws UnbuildableException {
        var recipe = build.recipe();
        if (!Files.isDirectory(recipe.context())) {
            throw UnbuildableException.of(
                    build,
                    "there is no directory " + recipe.context().toAbsolutePath()
                            + "; create it, or give an archive of the image");
        }
        if (recipe.dockerfile() instanceof Dockerfile.File(var file) && !Files.isRegularFile(file)) {
            throw UnbuildableException.of(
                    build,
                    "there is no file " + file.toAbsolutePath() + "; create it, or give an archive of the image");
        }
    }

    /// The Dockerfile's name in the tar.
    String dockerfile() {
        return dockerfile;
    }

    void writeTo(OutputStream out) throws IOException {
        var tar = new TarWriter(out);
        new ContextTar(directory, rules, tar).write(added.isPresent() ? IGNORE : "");
        if (added.isPresent()) {
            tar.file(dockerfile, added.get());
            tar.file(IGNORE, ignoreFile());
        }
        tar.end();
    }

    private static BuildContext within(Path directory, IgnoreRules rules, String dockerfile) {
        var kept = keeping(keeping(rules, IGNORE), dockerfile);
        return new BuildContext(directory, kept, dockerfile, Optional.empty());
    }

    private static BuildContext withAdded(Path directory, IgnoreRules rules, byte[] dockerfile) {
        var name = ".dockerfile." + Digest.of(dockerfile).hex().substring(0, 20); // the same text, the same cache
        return new BuildContext(directory, keeping(rules, IGNORE), name, Optional.of(dockerfile));
    }

    private static IgnoreRules keeping(IgnoreRules rules, String file) {
        return rules.ignores(file) ? rules.keeping(file) : rules;
    }

    private byte[] ignoreFile() throws IOException {
        var own = directory.resolve(IGNORE);
        var text = Files.isRegularFile(own) ? Files.readString(own) : IGNORE;
        return (text + "\n" + dockerfile + "\n").getBytes(UTF_8);
    }

    private static IgnoreRules rules(ImageBuild build, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return IgnoreRules.read("");
        }
        try {
            return IgnoreRules.read(Files.readString(file));
        } catch (IllegalArgumentException wrong) {
            throw UnbuildableException.of(build, file + ": " + wrong.getMessage() + "; correct it, or remove it");
        }
    }
}
