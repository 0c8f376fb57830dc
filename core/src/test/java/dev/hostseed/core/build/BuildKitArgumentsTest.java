package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.ImageBuild.Cache;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.host.ImageBuild.Limit;
import dev.hostseed.core.host.ImageBuild.NamedContext;
import dev.hostseed.core.host.ImageBuild.Secret;
import dev.hostseed.core.host.ImageBuild.Special;
import dev.hostseed.core.host.ImageBuild.Surroundings;
import dev.hostseed.core.host.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuildKitArgumentsTest {
    private static final Path CONTEXT = Path.of("/src/web");

    @Test
    void a_build_that_says_little_becomes_few_arguments() {
        var build = TestBuilds.of(CONTEXT, new Dockerfile.File(CONTEXT.resolve("Dockerfile")));

        assertThat(BuildKitArguments.of(build, (variable, secret) -> {}))
                .containsExactly(
                        "buildx",
                        "build",
                        "--load",
                        "--progress",
                        "plain",
                        "--provenance=false",
                        "--file",
                        "/src/web/Dockerfile",
                        "--tag",
                        "shop-web:latest",
                        "--label",
                        "of=ours",
                        "/src/web");
    }

    @Test
    void every_setting_becomes_an_argument_and_no_secret_does() {
        var surroundings = new Surroundings(
                "none",
                List.of("db:10.0.0.1"),
                1024,
                List.of(new Limit("nofile", 1, -1)),
                "linux/amd64",
                new Cache(true, List.of("first"), true, List.of("a"), List.of("type=inline")));
        var contexts = new TreeMap<String, NamedContext>();
        contexts.put("base", new NamedContext.Built(ImageReference.parse("shop-base")));
        contexts.put("more", new NamedContext.Directory(Path.of("/src/more")));
        contexts.put("other", new NamedContext.Other("docker-image://other"));
        var special = new Special(
                contexts,
                List.of(new Secret.InFile("one", Path.of("/a,b")), new Secret.Held("two", Bytes.of("hidden"))),
                List.of("default", "key=/k"),
                List.of("network.host"),
                new TreeMap<>());
        var build = TestBuilds.of(
                "a:1", CONTEXT, new Dockerfile.Inline("FROM a"), "stage", Map.of("A", "x y"), surroundings, special);
        var variables = new TreeMap<String, String>();

        assertThat(BuildKitArguments.of(build, variables::put))
                .containsSubsequence("--file", "-", "--target", "stage", "--build-arg", "A=x y", "--label", "of=ours")
                .containsSubsequence("--network", "none", "--add-host", "db:10.0.0.1", "--shm-size", "1024")
                .containsSubsequence("--ulimit", "nofile=1:-1", "--platform", "linux/amd64", "--no-cache", "--pull")
                .containsSubsequence("--no-cache-filter", "first", "--cache-from", "a", "--cache-to", "type=inline")
                .containsSubsequence("--build-context", "base=docker-image://shop-base:latest")
                .containsSubsequence(
                        "--build-context", "more=/src/more", "--build-context", "other=docker-image://other")
                .containsSubsequence("--ssh", "default", "--ssh", "key=/k", "--allow", "network.host")
                .containsSubsequence(
                        "--secret", "id=one,\"src=/a,b\"", "--secret", "id=two,env=" + variables.firstKey())
                .noneMatch(argument -> argument.contains("hidden"));
        assertThat(variables).containsValue("hidden").hasSize(1);
    }
}
