package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;

/// The labels by which hostseed knows what is its own in the Engine.
final class Labels {
    static final String PROJECT = "hostseed.project";
    static final String SERVICE = "hostseed.service";

    /// What follows `@` in the name of its unit: its number if the service has several containers, or which step before
    /// the service it is.
    static final String INSTANCE = "hostseed.instance";

    static final String NETWORK = "hostseed.network";
    static final String VOLUME = "hostseed.volume";

    /// The digest of the definition that something was made from.
    static final String CONFIG = "hostseed.config";

    /// journald's name for "this line is about that unit".
    static final String OBJECT_SYSTEMD_UNIT = "OBJECT_SYSTEMD_UNIT";

    private Labels() {}

    /// `create` with the label [#CONFIG]: the digest of `definition`, which `create` is part of.
    static Data.Mapping sealed(Data.Mapping create, Data definition) {
        var digest = Digest.of(Json.compact(definition)).value();
        return create.with("Labels", of(create).with(CONFIG, digest));
    }

    /// `create` with the label `name`, unless `value` is empty.
    static Data.Mapping with(Data.Mapping create, String name, String value) {
        return create.with("Labels", of(create).withUnlessEmpty(name, new Data.Text(value)));
    }

    /// The label `name` of `labelled`, or nothing.
    static String find(Data.Mapping labelled, String name) {
        return of(labelled).entries().get(name) instanceof Data.Text(var value) ? value : "";
    }

    private static Data.Mapping of(Data.Mapping labelled) {
        return labelled.entries().get("Labels") instanceof Data.Mapping labels ? labels : Data.mapping();
    }
}
