package dev.hostseed.systemd.supervise;

import dev.hostseed.core.host.Digest;
import dev.hostseed.systemd.notify.Notifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The image of a container in the Engine. The unit that loads images has done so when a container is made; but
/// somebody may have removed them since, and that unit stays active.
record Images(ContainerDefinition definition, Surroundings around, Notifier notifier) {

    /// Sees to it that the Engine has the image that was locked. One that is gone is loaded again; one in whose place
    /// somebody put another is not, since that was meant.
    ///
    /// @param waiting as long as it takes to load it
    /// @throws NoImageException if the Engine has another image under its name, or still none
    void require(Exec.Waiting waiting) throws IOException {
        var reference = Fields.text(definition.create(), "Image");
        var id = idOf(reference);
        if (id.isEmpty()) {
            around.reporter()
                    .report("the image " + reference + " is not in the Docker Engine: " + command()
                            + " loads it again");
            notifier.status("waiting for the image " + reference + " to be loaded again");
            load(waiting);
            id = idOf(reference);
        }
        if (!isLocked(id)) {
            throw new NoImageException("the image " + reference
                    + (id.isEmpty() ? " is not in the Docker Engine" : " was replaced by " + id) + "; " + command()
                    + " brings it back");
        }
    }

    /// Empty if there is no such image.
    private String idOf(String reference) throws IOException {
        var image = around.engine().find("/images/" + reference + "/json");
        return image.isEmpty() ? "" : Fields.text(Fields.mapping(image.get()), "Id");
    }

    private boolean isLocked(String id) {
        return definition.images().stream().map(Digest::value).anyMatch(id::equals);
    }

    private String command() {
        return String.join(" ", around.load());
    }

    /// Whatever comes of it: what counts is whether the Engine has the image afterwards.
    private void load(Exec.Waiting waiting) throws IOException {
        Process process;
        try {
            process =
                    new ProcessBuilder(around.load()).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException failed) {
            around.reporter().report("cannot run " + around.load().getFirst() + ": " + failed.getMessage());
            return;
        }
        try {
            while (process.isAlive() && waiting.goesOn()) {
                // it takes its time before it answers
            }
            if (!process.isAlive() && process.exitValue() != 0) {
                around.reporter()
                        .report(command() + " ended with status " + process.exitValue() + ": " + outputOf(process));
            }
        } finally {
            process.destroy();
        }
    }

    /// It is what systemctl says: a line or two, which it need not wait for anybody to read.
    private static String outputOf(Process process) throws IOException {
        var text = new String(process.getInputStream().readNBytes(2000), StandardCharsets.UTF_8);
        return text.strip().replaceAll("\\s+", " ");
    }
}
