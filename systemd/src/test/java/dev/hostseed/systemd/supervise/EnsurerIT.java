package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnsurerIT {
    private final TestEngine daemon;
    private final List<String> lines = new ArrayList<>();
    private final Ensurer ensurer;

    EnsurerIT() throws IOException, InterruptedException {
        daemon = TestEngine.start(false);
        ensurer = new Ensurer(Engine.at(daemon.socket()), lines::add);
    }

    @AfterAll
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void a_volume_is_made_once_and_kept_whatever_its_definition() throws Exception {
        ensurer.ensure(volume("data", Map.of()));
        var made = daemon.docker("volume", "inspect", "shop_data");
        ensurer.ensure(volume("data", Map.of()));
        assertThat(lines).isEmpty();

        ensurer.ensure(volume("data", Map.of("a", "b")));

        assertThat(lines).singleElement().asString().contains("keeping it as it is");
        assertThat(daemon.docker("volume", "inspect", "shop_data")).isEqualTo(made);
        lines.clear();
    }

    @Test
    void a_foreign_volume_is_used_with_a_warning() throws Exception {
        daemon.docker("volume", "create", "shop_foreign");

        ensurer.ensure(volume("foreign", Map.of()));

        assertThat(lines).singleElement().asString().contains("was not made by hostseed");
        lines.clear();
    }

    @Test
    void what_is_external_has_to_be_there() {
        var nowhere = new EngineName("nowhere");

        assertThatThrownBy(() -> ensurer.ensure(new VolumeDefinition(nowhere, true, Data.mapping())))
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("docker volume create");
        assertThatThrownBy(() -> ensurer.ensure(new NetworkDefinition(nowhere, true, Data.mapping())))
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("docker network create");
    }

    @Test
    void a_network_that_is_not_ours_is_not_touched() {
        var taken = new NetworkDefinition(
                new EngineName("host"),
                false,
                Data.mapping().with("Labels", Data.mapping().with(Labels.PROJECT, "shop")));

        assertThatThrownBy(() -> ensurer.ensure(taken)).isInstanceOf(PolicyException.class);
    }

    @Test
    void a_foreign_volume_is_kept_with_what_it_holds() throws Exception {
        var made = daemon.docker("volume", "create", "--label=a=b", "shop_kept");
        var before = daemon.docker("volume", "inspect", made);

        ensurer.ensure(volume("kept", Map.of("c", "d")));

        assertThat(daemon.docker("volume", "inspect", made)).isEqualTo(before);
        lines.clear();
    }

    @Test
    void a_network_is_made_once_and_made_again_when_its_definition_changed() throws Exception {
        ensurer.ensure(network("front", Map.of()));
        var made = id("shop_front");
        ensurer.ensure(network("front", Map.of()));
        assertThat(id("shop_front")).isEqualTo(made);
        assertThat(lines).isEmpty();

        ensurer.ensure(network("front", Map.of("a", "b")));

        assertThat(id("shop_front")).isNotEqualTo(made);
        assertThat(lines).singleElement().asString().contains("as its definition changed");
        lines.clear();
    }

    @Test
    void a_network_in_use_is_not_made_again() throws Exception {
        daemon.busybox(Services.IMAGE);
        ensurer.ensure(network("used", Map.of()));
        var made = id("shop_used");
        daemon.docker("run", "--detach", "--network=shop_used", "--name=user", Services.IMAGE, "sleep", "600");
        try {
            assertThatThrownBy(() -> ensurer.ensure(network("used", Map.of("a", "b"))))
                    .isInstanceOf(EngineRefusedException.class)
                    .hasMessageContaining("1 containers use it");
            assertThat(id("shop_used")).isEqualTo(made);
        } finally {
            daemon.docker("rm", "--force", "user");
        }
    }

    @Test
    void a_container_has_each_of_its_networks_with_its_aliases() throws Exception {
        daemon.busybox(Services.IMAGE);
        ensurer.ensure(network("one", Map.of()));
        ensurer.ensure(network("two", Map.of()));
        var id = daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE);
        var definition = Services.attached("both", id, network("one"), network("two"));
        var container = new Container(definition, Engine.at(daemon.socket()), lines::add);

        container.create(definition.create());
        container.start();
        try {
            for (var network : List.of("shop_one", "shop_two")) {
                var aliases = "{{json (index .NetworkSettings.Networks \"" + network + "\").Aliases}}";
                assertThat(daemon.docker("inspect", "--format", aliases, "shop-both"))
                        .contains("\"both\"", "\"other-both\"");
            }
        } finally {
            container.remove();
        }
    }

    private String id(String network) throws IOException, InterruptedException {
        return daemon.docker("network", "inspect", "--format", "{{.Id}}", network);
    }

    private static Network network(String key) {
        return network(key, Map.of(), true);
    }

    private static NetworkDefinition network(String key, Map<String, String> labels) {
        return Definitions.network(new ProjectName("shop"), network(key, labels, true));
    }

    private static Network network(String key, Map<String, String> labels, boolean attachable) {
        return new Network(
                new ResourceName(key),
                new EngineName("shop_" + key),
                new Network.Made(
                        "bridge",
                        new TreeMap<>(),
                        new TreeMap<>(labels),
                        new Network.Reach(false, attachable, true, false),
                        Network.Ipam.of(List.of())));
    }

    private static VolumeDefinition volume(String key, Map<String, String> labels) {
        return Definitions.volume(
                new ProjectName("shop"),
                new Volume(
                        new ResourceName(key),
                        new EngineName("shop_" + key),
                        new Volume.Made("local", new TreeMap<>(), new TreeMap<>(labels))));
    }
}
