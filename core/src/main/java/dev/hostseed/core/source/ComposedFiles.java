package dev.hostseed.core.source;

import dev.hostseed.core.canonical.Model;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.source.ComposeReader.Composed;
import java.util.Optional;

/// Compose files put together once, to be looked at in more than one way.
public final class ComposedFiles {
    private final Report report;
    private final Optional<Composed> composed;

    private ComposedFiles(Report report, Optional<Composed> composed) {
        this.report = report;
        this.composed = composed;
    }

    /// Reads the files, the environment files and what they name, as [ComposeReader#read(ComposeInput)] does.
    public static ComposedFiles of(ComposeInput input) {
        var report = new Report();
        return new ComposedFiles(report, ComposeReader.composed(input, report));
    }

    /// The host that they describe, a machine of the kind `platform`. To be asked for once: each time, its problems
    /// are found again.
    public Reading reading(Platform platform) {
        return composed.map(files -> ComposeReader.host(files.document(), files.scope(), platform))
                .orElseGet(() -> new Reading.Rejected(report.sorted()));
    }

    /// Their canonical model; nothing if they make none, and [#reading] says why. It may be that of a host that is
    /// refused.
    ///
    /// @param absolutePaths whether paths are made so, which tells what files are meant. A host takes an absolute
    /// path for one of its own, and a relative one for that of a file that travels with it.
    public Optional<CanonicalModel> model(boolean absolutePaths) {
        return composed.map(files -> Model.of(files.document(), files.scope().setting(), absolutePaths))
                .map(CanonicalModel::new);
    }
}
