package dev.hostseed.core.build;

import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Cache;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.host.ImageBuild.Place;
import dev.hostseed.core.host.ImageBuild.Recipe;
import dev.hostseed.core.host.ImageBuild.Request;
import dev.hostseed.core.host.ImageBuild.Special;
import dev.hostseed.core.host.ImageBuild.Surroundings;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Builds for tests.
final class TestBuilds {
    static final Surroundings PLAIN =
            new Surroundings("", List.of(), 0, List.of(), "", new Cache(false, List.of(), false, List.of(), List.of()));
    static final Special NOTHING = new Special(new TreeMap<>(), List.of(), List.of(), List.of(), new TreeMap<>());

    private TestBuilds() {}

    static ImageBuild of(Path context, Dockerfile dockerfile) {
        return of("shop-web", context, dockerfile, "", Map.of(), PLAIN, NOTHING);
    }

    static ImageBuild of(
            String image,
            Path context,
            Dockerfile dockerfile,
            String target,
            Map<String, String> args,
            Surroundings surroundings,
            Special special) {
        return new ImageBuild(
                new Request(new ServiceName("web"), new Place("compose.yaml:3:5"), false),
                List.of(ImageReference.parse(image)),
                new Recipe(context, dockerfile, target, new TreeMap<>(args), new TreeMap<>(Map.of("of", "ours"))),
                surroundings,
                special);
    }
}
