package dev.hostseed.cli.build;

import picocli.CommandLine.Mixin;

/// All that is said to a command which reads Compose files and collects their images.
final class CollectingOptions {
    @Mixin
    final InputOptions input = new InputOptions();

    @Mixin
    final TellingOptions form = new TellingOptions();

    @Mixin
    final ImageOptions images = new ImageOptions();

    @Mixin
    final LockOptions lock = new LockOptions();

    @Mixin
    final SigningOptions signing = new SigningOptions();

    @Mixin
    final SecretOptions secrets = new SecretOptions();
}
