import dev.hostseed.core.host.Digest;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.ScannedImage;
import dev.hostseed.core.scan.Search;
import dev.hostseed.core.scan.SecretScan;
import dev.hostseed.core.scan.Severity;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Searches the one layer of an image, a tar, for secrets on one core.
void main(String[] arguments) throws IOException {
    var tar = arguments[0];
    var layers = new SecretScan.Layers() {
        @Override
        public InputStream open(Digest diffId) throws IOException {
            return new FileInputStream(tar);
        }

        @Override
        public void run(List<SecretScan.Work> work) throws IOException {
            for (var one : work) {
                one.run();
            }
        }
    };
    var image = new ScannedImage("bench", "{}".getBytes(), List.of(Digest.of(new byte[0])), Set.of());
    var search = new Search(Search.Extent.ALL, AllowFile.NONE, Set.of(), Severity.HIGH, report -> {});
    var report = SecretScan.of(List.of(image), layers, search, Set.of());
    IO.println(report.refused().size() + " high, " + report.warned().size() + " other");
    if (arguments.length > 1) {
        var status = Files.readAllLines(Path.of("/proc/self/status"));
        status.stream().filter(line -> line.startsWith("VmHWM")).forEach(IO::println);
    }
}
