/// Images out of build contexts: an [dev.hostseed.core.host.ImageBuild] goes in, and the local Engine has the image
/// then. Which files of a context are left out, how the others travel, and the two builders: the one of the Engine, by
/// its API, and BuildKit, by the `docker` command and its plugin.
///
/// Rules: Compose Build Specification; Engine API 1.41, `POST /build`; Docker's `.dockerignore`.
@NullMarked
package dev.hostseed.core.build;

import org.jspecify.annotations.NullMarked;
