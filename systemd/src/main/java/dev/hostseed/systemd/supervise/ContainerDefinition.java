package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.image.LockedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A container, as the supervisor makes it. On the host it lies in a file that only root may read, because the create
/// body has the environment.
///
/// @param unit that supervises it, such as `shop-web.service`
/// @param job whether it runs to its end, instead of being ready at some time
/// @param grace between the stop signal and SIGKILL; whole seconds
/// @param images ids that its image may have: one for each kind of store that the Engine may use
/// @param create body of `POST /containers/create`; its labels hold the digest of this definition
/// @param endpoints the networks beyond the first, which `create` names
/// @param grants whose mounts `create` does not have: they are below the run directory
/// @param hooks what else runs in it
/// @param once whether it is a job that is not done again, once it ended well, before its definition changes
public record ContainerDefinition(
        EngineName name,
        String unit,
        boolean job,
        Duration grace,
        List<Digest> images,
        Data.Mapping create,
        List<Endpoint> endpoints,
        List<Grant> grants,
        Hooks hooks,
        boolean once) {
    public ContainerDefinition {
        images = List.copyOf(images);
        endpoints = List.copyOf(endpoints);
        grants = List.copyOf(grants);
    }

    /// One without hooks, which is started whenever its unit is.
    public ContainerDefinition(
            EngineName name,
            String unit,
            boolean job,
            Duration grace,
            List<Digest> images,
            Data.Mapping create,
            List<Endpoint> endpoints,
            List<Grant> grants) {
        this(name, unit, job, grace, images, create, endpoints, grants, Hooks.none(), false);
    }

    /// Bodies of `POST /containers/{id}/exec`.
    ///
    /// @param postStart when it was started, in this order
    /// @param preStop before its stop signal, in this order
    public record Hooks(List<Data.Mapping> postStart, List<Data.Mapping> preStop) {
        public Hooks {
            postStart = List.copyOf(postStart);
            preStop = List.copyOf(preStop);
        }

        public static Hooks none() {
            return new Hooks(List.of(), List.of());
        }
    }

    /// @param config the Engine's `EndpointSettings`
    public record Endpoint(EngineName network, Data.Mapping config) {}

    /// This definition, known by another digest when one of the images that the container mounts is another one.
    public ContainerDefinition mounting(List<LockedImage> mounted) {
        if (mounted.isEmpty()) {
            return this;
        }
        var ids = mounted.stream().map(image -> image.config().digest().value()).toList();
        var sealed = Labels.sealed(create, toData().with("mounted", Data.texts(ids)));
        return new ContainerDefinition(name, unit, job, grace, images, sealed, endpoints, grants, hooks, once);
    }

    /// The digest by which a running container is known to be of this very definition.
    public String config() {
        return Labels.find(create, Labels.CONFIG);
    }

    public Data.Mapping toData() {
        var ids = new ArrayList<String>();
        for (var image : images) {
            ids.add(image.value());
        }
        var further = new ArrayList<Data>();
        for (var endpoint : endpoints) {
            further.add(
                    Data.mapping().with("network", endpoint.network().value()).with("config", endpoint.config()));
        }
        var granted = new ArrayList<Data>();
        for (var grant : grants) {
            granted.add(grant.toData());
        }
        var data = Data.mapping()
                .with("name", name.value())
                .with("unit", unit)
                .with("job", job)
                .with("graceSeconds", grace.toSeconds())
                .with("images", Data.texts(ids))
                .with("create", create)
                .with("endpoints", new Data.Sequence(further))
                .withUnlessEmpty("grants", new Data.Sequence(granted))
                .withUnlessEmpty("postStart", new Data.Sequence(List.copyOf(hooks.postStart())))
                .withUnlessEmpty("preStop", new Data.Sequence(List.copyOf(hooks.preStop())));
        return once ? data.with("once", true) : data;
    }

    public static ContainerDefinition of(Data.Mapping data) throws MalformedDataException {
        try {
            var images = new ArrayList<Digest>();
            for (var id : Fields.sequence(data, "images")) {
                images.add(new Digest(Fields.text(id)));
            }
            var endpoints = new ArrayList<Endpoint>();
            for (var endpoint : Fields.sequence(data, "endpoints")) {
                var fields = Fields.mapping(endpoint);
                endpoints.add(
                        new Endpoint(new EngineName(Fields.text(fields, "network")), Fields.mapping(fields, "config")));
            }
            var grants = new ArrayList<Grant>();
            if (data.find("grants").isPresent()) {
                for (var grant : Fields.sequence(data, "grants")) {
                    grants.add(Grant.of(Fields.mapping(grant)));
                }
            }
            return new ContainerDefinition(
                    new EngineName(Fields.text(data, "name")),
                    Fields.text(data, "unit"),
                    Fields.truth(data, "job"),
                    Duration.ofSeconds(Fields.whole(data, "graceSeconds")),
                    images,
                    Fields.mapping(data, "create"),
                    endpoints,
                    grants,
                    new Hooks(hooks(data, "postStart"), hooks(data, "preStop")),
                    data.entries().containsKey("once"));
        } catch (IllegalArgumentException notOurs) {
            throw new MalformedDataException("not the definition of a container: " + notOurs.getMessage());
        }
    }

    private static List<Data.Mapping> hooks(Data.Mapping data, String key) throws MalformedDataException {
        var hooks = new ArrayList<Data.Mapping>();
        if (data.entries().containsKey(key)) {
            for (var hook : Fields.sequence(data, key)) {
                hooks.add(Fields.mapping(hook));
            }
        }
        return hooks;
    }
}
