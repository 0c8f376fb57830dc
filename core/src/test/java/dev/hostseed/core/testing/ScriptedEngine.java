package dev.hostseed.core.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Digest;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An Engine without containers that keeps images as the real ones do, in either store, and that fails as a script
/// says. It knows an image that was loaded in a request which came to its end, and no other.
public final class ScriptedEngine implements Closeable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final int minor;
    private final boolean containerd;
    private final Map<String, Data.Mapping> images = new ConcurrentHashMap<>(); // by id
    private final Map<String, String> names = new ConcurrentHashMap<>(); // to an id
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Fault fault = (request, in, out) -> false;
    private volatile Path root = Path.of("/nonexistent");
    private volatile List<Data> containers = List.of();

    /// What goes wrong.
    @FunctionalInterface
    public interface Fault {
        /// @param request method and target without the version: `GET /images/json`
        /// @return whether the request was dealt with; if not, it is answered as always
        boolean play(String request, InputStream in, OutputStream out) throws IOException;
    }

    private ScriptedEngine(Path socket, int minor, boolean containerd) throws IOException {
        this.socket = socket;
        this.minor = minor;
        this.containerd = containerd;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /// @param directory with a short path
    /// @param minor of the API that it speaks
    public static ScriptedEngine start(Path directory, int minor, boolean containerd) throws IOException {
        var socket = Files.createTempDirectory(directory, "e").resolve("docker.sock");
        var engine = new ScriptedEngine(socket, minor, containerd);
        Thread.ofPlatform().daemon().start(engine::accept);
        return engine;
    }

    public Path socket() {
        return socket;
    }

    /// Takes the place of the fault before.
    public void fault(Fault next) {
        fault = next;
    }

    /// What `GET /info` tells as `DockerRootDir`, and below which each image of the classic store says that it lies.
    public void dataRoot(Path directory) {
        root = directory;
    }

    /// What `GET /containers/json` lists.
    public void containers(List<Data> listed) {
        containers = listed;
    }

    /// Every request so far: method, target without the version.
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /// Those that may have changed something.
    public List<String> changes() {
        return requests.stream().filter(request -> !request.startsWith("GET ")).toList();
    }

    public void forget() {
        images.clear();
        names.clear();
        requests.clear();
    }

    /// The ids of the images that it has.
    public List<String> ids() {
        return images.keySet().stream().sorted().toList();
    }

    /// The id that `name` stands for, or nothing.
    public String named(String name) {
        return names.getOrDefault(name, "");
    }

    /// Has an image that nobody loaded.
    public void put(String id, List<String> tags) {
        put(id, tags, List.of());
    }

    /// Has an image that nobody loaded.
    ///
    /// @param layers diff ids, from the lowest
    public void put(String id, List<String> tags, List<String> layers) {
        images.put(
                id,
                Data.mapping()
                        .with("Id", id)
                        .with("Os", "linux")
                        .with("Architecture", "amd64")
                        .with("Size", 1000)
                        .with("RootFS", Data.mapping().with("Layers", Data.texts(layers))));
        tags.forEach(tag -> names.put(tag, id));
    }

    /// Gives the image `id` a label, by which it is found whatever label is asked for.
    public void label(String id, String label) {
        images.computeIfPresent(
                id, (_, image) -> image.with("Labels", Data.mapping().with(label, "")));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // it is over
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var in = Channels.newInputStream(connection);
            var out = Channels.newOutputStream(connection);
            var head = head(in);
            var request = head.lines()
                    .findFirst()
                    .orElse("")
                    .replaceFirst(" HTTP/1.1$", "")
                    .replaceFirst(" /v1\\.\\d+", " ");
            if (request.isEmpty()) {
                return;
            }
            requests.add(request);
            if (!fault.play(request, in, out)) {
                answer(request, in, out);
            }
        } catch (IOException gone) {
            // the client's own affair
        }
    }

    /// Says of the image `id`, as Docker 28 and later do, whether all its blobs are there.
    public void available(String id, boolean whole) {
        var manifests = new Data.Sequence(List.of(Data.mapping().with("Available", whole)));
        images.computeIfPresent(id, (_, image) -> image.with("Manifests", manifests));
    }

    /// Answers as if nothing were wrong.
    public void answer(String request, InputStream in, OutputStream out) throws IOException {
        var target = URLDecoder.decode(request.substring(request.indexOf(' ') + 1), UTF_8);
        var path = target.replaceFirst("\\?.*", "");
        if (path.equals("/_ping")) {
            out.write(("HTTP/1.1 200 OK\r\nApi-Version: 1." + minor + "\r\nServer: Docker/x (linux)\r\n\r\nOK")
                    .getBytes(ISO_8859_1));
        } else if (path.equals("/info")) {
            reply(out, 200, info());
        } else if (path.equals("/containers/json")) {
            reply(out, 200, new Data.Sequence(containers));
        } else if (path.equals("/system/df")) {
            reply(out, 200, Data.mapping().with("LayersSize", 1000L * images.size()));
        } else if (path.equals("/images/json") && target.contains("\"label\"")) {
            reply(
                    out,
                    200,
                    new Data.Sequence(images.values().stream()
                            .filter(image -> image.find("Labels").isPresent())
                            .<Data>map(image -> image)
                            .toList()));
        } else if (path.equals("/images/json")) {
            reply(out, 200, new Data.Sequence(List.copyOf(images.values())));
        } else if (request.startsWith("POST /images/load")) {
            load(in, out);
        } else if (request.startsWith("POST /images/create?fromSrc=-")) {
            create(body(in), out);
        } else if (request.startsWith("POST ") && path.endsWith("/tag")) {
            var query = target.substring(target.indexOf("repo=") + 5).split("&tag=", 2);
            names.put(query[0] + ":" + query[1], path.substring("/images/".length(), path.length() - 4));
            reply(out, 201, Data.mapping());
        } else if (request.startsWith("DELETE /images/")) {
            reply(
                    out,
                    delete(path.substring("/images/".length())) ? 200 : 404,
                    Data.mapping().with("message", "none"));
        } else {
            inspect(path.replaceFirst("^/images/", "").replaceFirst("/json$", ""), out);
        }
    }

    /// Writes a whole reply with JSON in it.
    public static void reply(OutputStream out, int status, Data body) throws IOException {
        var bytes = Json.compact(body);
        out.write(("HTTP/1.1 " + status + " X\r\nContent-Length: " + bytes.length + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(bytes);
    }

    /// Reads a request's body in chunks to its end.
    ///
    /// @throws EOFException if it breaks off
    public static byte[] body(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(line(in), 16);
            body.write(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private Data.Mapping info() {
        var driver = containerd
                ? List.<Data>of(Data.texts(List.of("driver-type", "io.containerd.snapshotter.v1")))
                : List.<Data>of(Data.texts(List.of("Backing Filesystem", "extfs")));
        return Data.mapping()
                .with("DriverStatus", new Data.Sequence(driver))
                .with("DockerRootDir", root.toString())
                .with("OSType", "linux");
    }

    private Data.Mapping driver() {
        var data = containerd
                ? Data.Null.NULL
                : Data.mapping()
                        .with("UpperDir", root.resolve("overlay2/0123/diff").toString());
        return Data.mapping().with("Data", data).with("Name", containerd ? "overlayfs" : "overlay2");
    }

    private void inspect(String name, OutputStream out) throws IOException {
        var image = images.get(names.getOrDefault(name, name));
        if (image == null) {
            reply(out, 404, Data.mapping().with("message", "No such image: " + name));
            return;
        }
        var id = text(image, "Id");
        var tags = names.keySet().stream()
                .filter(tag -> id.equals(names.get(tag)))
                .sorted()
                .toList();
        reply(out, 200, image.with("RepoTags", Data.texts(tags)).with("GraphDriver", driver()));
    }

    private boolean delete(String name) {
        var id = names.getOrDefault(name, name);
        if (!images.containsKey(id)) {
            return false;
        }
        names.remove(name);
        if (name.equals(id) || !names.containsValue(id)) {
            names.values().removeIf(id::equals);
            images.remove(id);
        }
        return true;
    }

    private void load(InputStream in, OutputStream out) throws IOException {
        take(body(in)); // a body that breaks off loads nothing
        reply(out, 200, Data.mapping().with("stream", "Loaded image: x"));
    }

    /// Has the image of one layer, with the label that it was asked for.
    private void create(byte[] layer, OutputStream out) throws IOException {
        var id = Digest.of(("image of " + Digest.of(layer)).getBytes(UTF_8)).value();
        put(id, List.of(), List.of(Digest.of(layer).value()));
        label(id, "dev.hostseed.part");
        reply(out, 200, Data.mapping().with("status", id));
    }

    /// Has the image of an archive that `load` was sent.
    public void take(byte[] archive) throws IOException {
        var files = files(archive);
        if (containerd) {
            takeLayout(files, archive.length);
            return;
        }
        var entry = first(json(files, "manifest.json"));
        var config = text(entry, "Config");
        var id = "sha256:" + config.replaceFirst(".*/", "");
        put(id, json(files, config), archive.length);
        if (at(entry, "RepoTags") instanceof Data.Sequence(var tags)) {
            tags.forEach(tag -> names.put(((Data.Text) tag).value(), id));
        }
    }

    private void takeLayout(Map<String, byte[]> files, int size) throws IOException {
        var entry = first(at(json(files, "index.json"), "manifests"));
        var id = text(entry, "digest");
        var config = text(at(json(files, blob(id)), "config"), "digest");
        put(id, json(files, blob(config)), size);
        var name = text(at(entry, "annotations"), "io.containerd.image.name");
        names.put(name.replaceFirst("^docker.io/(library/)?", ""), id);
    }

    private void put(String id, Data config, int size) {
        images.put(
                id,
                Data.mapping()
                        .with("Id", id)
                        .with("Os", at(config, "os"))
                        .with("Architecture", at(config, "architecture"))
                        .with("Size", size)
                        .with("RootFS", Data.mapping().with("Layers", at(config, "rootfs", "diff_ids"))));
    }

    private static String blob(String digest) {
        return "blobs/sha256/" + digest.substring("sha256:".length());
    }

    private static Data at(Data data, String... keys) {
        var found = data;
        for (var key : keys) {
            found = ((Data.Mapping) found).find(key).orElseThrow();
        }
        return found;
    }

    private static String text(Data data, String key) {
        return ((Data.Text) at(data, key)).value();
    }

    private static Data first(Data list) {
        return ((Data.Sequence) list).items().getFirst();
    }

    private static Data json(Map<String, byte[]> files, String name) throws IOException {
        var bytes = files.get(name);
        if (bytes == null) {
            throw new IOException("not in the archive: " + name);
        }
        try {
            return Json.read(bytes);
        } catch (MalformedDataException ours) {
            throw new UncheckedIOException(ours);
        }
    }

    private static Map<String, byte[]> files(byte[] tar) {
        var files = new LinkedHashMap<String, byte[]>();
        for (var at = 0; at + 512 <= tar.length && tar[at] != 0; ) {
            var name = new String(tar, at, 100, ISO_8859_1).replaceFirst("\0.*", "");
            var size = Integer.parseInt(new String(tar, at + 124, 11, ISO_8859_1).strip(), 8);
            var content = new byte[size];
            System.arraycopy(tar, at + 512, content, 0, size);
            files.put(name, content);
            at += 512 + (size + 511) / 512 * 512;
        }
        return files;
    }

    private static String head(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
