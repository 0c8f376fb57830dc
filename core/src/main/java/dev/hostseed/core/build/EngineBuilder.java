package dev.hostseed.core.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Limit;
import dev.hostseed.core.image.Progress;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;

/// The builder that every Engine has.
///
/// Rule: Engine API 1.41, `POST /build`.
final class EngineBuilder {
    /// For which a step may say nothing: compilers are quiet.
    private static final Duration SILENCE = Duration.ofHours(2);

    private EngineBuilder() {}

    /// @throws UnbuildableException if it needs more than this builder can do
    static void build(Engine engine, ImageBuild build, Progress progress) throws IOException {
        for (var key : build.special().keys().entrySet()) {
            throw new UnbuildableException("%s: '%s' needs BuildKit, and there is only the Engine's own builder; %s"
                    .formatted(key.getValue(), key.getKey(), BuildKit.REMEDY));
        }
        var cache = build.surroundings().cache();
        if (!cache.to().isEmpty() || !cache.noneOf().isEmpty()) {
            progress.at(
                    "building " + build.image() + ": 'cache_to' and 'no_cache_filter' are BuildKit's, ignoring", 0, 0);
        }
        var context = BuildContext.of(build);
        var reply = new BuildReply(build, progress);
        try {
            engine.withIdleTimeout(SILENCE)
                    .upload(
                            target(build, context.dockerfile()),
                            out -> context.writeTo(new CountedOutputStream(
                                    out, sent -> progress.at("sending the context of " + build.image(), sent, 0))),
                            reply::take);
        } catch (EngineRefusedException refused) {
            throw BuildReply.failed(build, String.valueOf(refused.getMessage()), new LastLines());
        }
        reply.check();
    }

    private static String target(ImageBuild build, String dockerfile) {
        var recipe = build.recipe();
        var surroundings = build.surroundings();
        var query = new Query().with("version", "1").with("rm", "1").with("forcerm", "1");
        build.names().forEach(name -> query.with("t", name.toString()));
        query.with("dockerfile", dockerfile)
                .with("target", recipe.target())
                .with("buildargs", Data.texts(recipe.args()))
                .with("labels", Data.texts(recipe.labels()))
                .with("networkmode", surroundings.network())
                .with("platform", surroundings.platform())
                .with("ulimits", limits(surroundings.limits()))
                .with("cachefrom", Data.texts(surroundings.cache().from()))
                .with("shmsize", surroundings.shmBytes() == 0 ? "" : String.valueOf(surroundings.shmBytes()))
                .with("nocache", surroundings.cache().none() ? "1" : "")
                .with("pull", surroundings.cache().pull() ? "1" : "");
        surroundings.extraHosts().forEach(host -> query.with("extrahosts", host));
        return "/build?" + query.text;
    }

    private static Data limits(List<Limit> limits) {
        return new Data.Sequence(limits.stream()
                .<Data>map(limit -> Data.mapping()
                        .with("Name", limit.name())
                        .with("Soft", limit.soft())
                        .with("Hard", limit.hard()))
                .toList());
    }

    /// What is empty is left out.
    private static final class Query {
        private final StringBuilder text = new StringBuilder();

        Query with(String key, String value) {
            if (!value.isEmpty()) {
                text.append(text.isEmpty() ? "" : "&").append(key).append('=').append(URLEncoder.encode(value, UTF_8));
            }
            return this;
        }

        Query with(String key, Data value) {
            var json = new String(Json.compact(value), UTF_8);
            return with(key, json.length() == 2 ? "" : json);
        }
    }
}
