package dev.hostseed.systemd.release;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;

/// Where on the host things lie that are neither a release's files nor units.
final class HostPaths {
    static final TargetPath RUNTIMES = new TargetPath("/opt/hostseed");
    static final TargetPath STATE = new TargetPath("/var/lib/hostseed");
    static final TargetPath CURRENT_RUNTIME = RUNTIMES.resolve("current");
    static final TargetPath INSTALLED = STATE.resolve("installed");

    private HostPaths() {}

    static TargetPath project(ProjectName project) {
        return STATE.resolve(project.value());
    }

    static TargetPath releases(ProjectName project) {
        return project(project).resolve("releases");
    }

    static TargetPath release(ProjectName project, String id) {
        return releases(project).resolve(id);
    }

    static TargetPath currentRelease(ProjectName project) {
        return project(project).resolve("current");
    }

    /// The project's own files, as containers see them: by their content, so that a release in which they are the
    /// same changes no container that has them.
    static TargetPath files(ProjectName project, String digest) {
        return project(project).resolve("files").resolve(digest);
    }
}
