package dev.hostseed.cli.rehearsal;

import dev.hostseed.cli.build.BuildMain;
import dev.hostseed.cli.host.HostMain;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.ImageSource;
import dev.hostseed.core.image.Pins;
import dev.hostseed.core.image.Progress;
import dev.hostseed.core.image.Request;
import dev.hostseed.core.image.Target;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.systemd.release.Release;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Goes through the host verbs once, when the distribution is made, so that the class cache holds what they use and
/// nothing else. The verbs are the real ones; the Engine is a stand-in, and its container is a `sleep`.
public final class Rehearsal {
    private Rehearsal() {}

    /// @param arguments `prepare` or `play`, and a directory: empty for the one, prepared and with `NOTIFY_SOCKET` as
    /// its `notify` for the other. They are two processes, because the cache takes whatever a process has loaded
    public static void main(String[] arguments) throws Exception {
        var stage = Path.of(arguments[1]);
        if (arguments[0].equals("prepare")) {
            prepare(stage);
        } else {
            play(stage);
        }
    }

    /// Makes the definitions that the host verbs go by.
    private static void prepare(Path stage) throws IOException {
        var compose = Files.writeString(stage.resolve("compose.yaml"), """
                name: shop
                services:
                  web:
                    image: example/web:1
                    ports: ["8080:80"]
                    volumes: [data:/data]
                volumes: {data: {}}
                x-host: {name: shop-1}
                """);
        expect(0, BuildMain.run("check", "--quiet", compose.toString()));
        if (!(ComposeReader.read(compose, Map.of()) instanceof Reading.Accepted(var host, var problems))) {
            throw new IllegalStateException("the rehearsal's Compose file is refused");
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the rehearsal's Compose file has problems: " + problems);
        }
        var service = host.project().services().getFirst();
        var image = SmallImage.write(stage.resolve("layout"), service.image());
        var bundle = stage.resolve("bundle");
        var request = new Request(
                host.project().name(), new TreeSet<>(List.of(service.image())), Platform.ofThisMachine(), Pins.NONE);
        var sources = List.<ImageSource>of(new ImageSource.FromArchive(image));
        var release = Release.of(host, Bundle.collect(request, sources, Target.directory(bundle), Progress.SILENT));
        FileTree.write(release.files(), stage);
        var installed = stage.resolve("var/lib/hostseed/shop/releases").resolve(release.id());
        Files.move(bundle, installed.resolve("bundle"));
        Files.createSymbolicLink(stage.resolve("state"), installed);
    }

    private static void play(Path stage) throws IOException {
        var socket = stage.resolve("docker.sock");
        var bundle = stage.resolve("state/bundle");
        var image = Bundle.lock(bundle).images().getFirst();
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var systemd = AFUNIXDatagramChannel.open()) {
            server.bind(UnixDomainSocketAddress.of(socket));
            systemd.bind(AFUNIXSocketAddress.of(stage.resolve("notify")));
            Thread.ofPlatform().daemon().start(new StandInEngine(server, image, stage));
            var places = List.of(
                    "-p",
                    "shop",
                    "--state",
                    stage.resolve("state").toString(),
                    "--run-directory",
                    stage.toString(),
                    "--docker-socket",
                    socket.toString());
            expect(0, HostMain.run("--version"));
            expect(0, host("load", places, "--root", stage.toString())); // which the Engine lacks
            expect(0, host("load", places, "--root", stage.toString())); // which it has
            expect(0, host("load", places, "--bundle", bundle.toString()));
            expect(0, host("ensure", places, "--network", "default"));
            expect(0, host("ensure", places, "--volume", "data"));
            expect(0, host("run", places, "web"));
            expect(0, host("run", places, "--clean", "web"));
            expect(0, HostMain.run("prune", "--root", stage.toString(), "--docker-socket", socket.toString()));
        }
    }

    private static int host(String verb, List<String> places, String... more) {
        var words = new ArrayList<String>();
        words.add(verb);
        words.addAll(places);
        words.addAll(List.of(more));
        return HostMain.run(words.toArray(String[]::new));
    }

    private static void expect(int code, int found) {
        if (code != found) {
            throw new IllegalStateException("a verb of the rehearsal ended with " + found);
        }
    }
}
