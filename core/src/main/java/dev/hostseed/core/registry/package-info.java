/// Images in registries, over HTTP: names go in, manifests and blobs come out, none of which is other than the digest
/// says that it was asked for by. Credentials, certificates and proxies are found where Docker finds them. What a
/// manifest means is not known here.
///
/// Rules: the OCI Distribution Specification 1.1, "Pull"; RFC 9110 (HTTP); Distribution's "Token Authentication
/// Specification"; the Docker CLI's `config.json` and the protocol of its credential helpers.
@NullMarked
package dev.hostseed.core.registry;

import org.jspecify.annotations.NullMarked;
