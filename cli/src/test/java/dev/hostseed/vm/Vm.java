package dev.hostseed.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An emulated machine: two processors, 1.5 GiB of memory, a disk of its own, no network. What is asked of it, and what
/// came of it, goes into its transcript; what does not hold is an [AssertionError].
final class Vm implements AutoCloseable {
    private static final Duration TO_BOOT = Duration.ofMinutes(4);
    private static final Duration TO_SWITCH_OFF = Duration.ofMinutes(3);
    private static final Duration FOR_A_COMMAND = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VmImage image;
    private final int processors;
    private final Path folder;
    private final Path sockets;
    private final Transcript transcript;
    private @Nullable Power power;
    private int boots;

    /// What is there only while it is switched on.
    ///
    /// @param boot the id of the kernel
    private record Power(Qemu qemu, Agent agent, String boot) {}

    /// A machine with a fresh disk and two processors, switched off.
    ///
    /// @param folder for its disk and its logs; the transcript lies beside it, with `.log` added to the name
    Vm(VmImage image, Path folder) throws IOException, InterruptedException {
        this(image, 2, folder);
    }

    /// @param processors of several, one may run what another wrote over as it was before: the emulator does not always
    /// see code that is made at run time, as Java makes it
    Vm(VmImage image, int processors, Path folder) throws IOException, InterruptedException {
        this.image = image;
        this.processors = processors;
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        sockets = Files.createTempDirectory("hostseed-vm"); // in /tmp, because a socket's path is short
        transcript = new Transcript(this.folder.resolveSibling(this.folder.getFileName() + ".log"));
        Qemu.overlay(image.disk(), disk());
    }

    /// Switches it on and waits until it takes commands, which is long before it has booted.
    void switchOn(List<Medium> media) throws IOException, InterruptedException {
        transcript.boot("Boot %d of %s, with %s".formatted(++boots, image.description(), names(media)));
        var socket = sockets.resolve("agent-" + boots);
        var qemu = Qemu.start(image, processors, disk(), media, socket, folder);
        var agent = new Agent(socket);
        power = new Power(qemu, agent, awaitBoot(agent, ""));
        transcript.say("takes commands");
    }

    /// The power fails: what the guest wrote to its disk stays, what it only had in memory is lost.
    void cutPower() throws IOException {
        transcript.say("power cut");
        var was = power();
        power = null;
        was.qemu.kill();
        was.agent.close();
    }

    /// Shuts down in order and switches off.
    void switchOff() throws IOException, InterruptedException {
        transcript.say("switching off");
        var was = power();
        try {
            was.agent.ask("systemctl poweroff --no-block", FOR_A_COMMAND, Duration.ZERO);
        } catch (IOException gone) {
            transcript.say("it was off before it could answer");
        }
        if (!was.qemu.awaitEnd(TO_SWITCH_OFF)) {
            throw failure("it did not switch off");
        }
        power = null;
        was.agent.close();
        transcript.say("is off");
    }

    /// Restarts in order, and waits until it takes commands again.
    void reboot() throws IOException, InterruptedException {
        var was = power();
        was.agent.ask("systemctl reboot --no-block", FOR_A_COMMAND, Duration.ZERO);
        transcript.boot("Boot %d, after a reboot".formatted(++boots));
        power = new Power(was.qemu, was.agent, awaitBoot(was.agent, was.boot));
        transcript.say("takes commands");
    }

    /// Runs a command and writes down its output.
    ///
    /// @return standard output without the white space around it
    String read(String command) throws IOException, InterruptedException {
        var result = ask(command, FOR_A_COMMAND);
        transcript.command(result);
        if (result.code() != 0) {
            throw failure("'%s' ended with %d: %s".formatted(command, result.code(), result.output()));
        }
        return result.out().strip();
    }

    /// As [#read], for output that is to be judged rather than read.
    String peek(String command) throws IOException, InterruptedException {
        return ask(command, FOR_A_COMMAND).out().strip();
    }

    /// Checks that a command succeeds.
    ///
    /// @param fact what its success proves, as a sentence
    void check(String fact, String command) throws IOException, InterruptedException {
        conclude(fact, ask(command, FOR_A_COMMAND));
    }

    /// Waits until a command succeeds.
    ///
    /// @param fact what its success proves, as a sentence
    void await(String fact, Duration limit, String command) throws IOException, InterruptedException {
        var loop = "until { %s\n} >/run/await 2>&1; do sleep 0.5; done".formatted(command);
        var waited = ask(loop, limit);
        conclude(fact, waited.code() == 0 ? waited : ask(command, FOR_A_COMMAND));
    }

    /// Writes down what a test found out in another way.
    void say(String sentence) {
        transcript.say(sentence);
    }

    private void conclude(String fact, GuestCommand.Result result) throws IOException, InterruptedException {
        if (result.code() == 0) {
            transcript.say("✓ " + fact);
            return;
        }
        transcript.say("✗ " + fact);
        transcript.command(result);
        transcript.command(ask("systemctl --failed --no-legend; systemctl list-jobs --no-legend", FOR_A_COMMAND));
        transcript.command(ask("journalctl --boot --priority=warning --lines=20 --no-hostname", FOR_A_COMMAND));
        throw failure("not so: %s (%s: %s)"
                .formatted(fact, result.command(), result.output().strip()));
    }

    private GuestCommand.Result ask(String command, Duration limit) throws IOException, InterruptedException {
        return power().agent
                .ask(command, limit, PATIENCE)
                .orElseThrow(() -> failure("no answer to '%s'".formatted(command)));
    }

    /// @return the id of the kernel that answers, which is not `before`
    private String awaitBoot(Agent agent, String before) throws IOException, InterruptedException {
        while (transcript.sinceBoot().compareTo(TO_BOOT) < 0) {
            var answer = agent.ask("true", Duration.ofSeconds(5), Duration.ZERO);
            if (answer.isPresent() && !answer.get().boot().equals(before)) {
                return answer.get().boot();
            }
            Thread.sleep(200);
        }
        throw failure("it takes no commands; the console: " + Files.readString(folder.resolve("console.log")));
    }

    private AssertionError failure(String what) {
        return new AssertionError("%s, %.0f s after it was switched on: %s"
                .formatted(folder.getFileName(), transcript.sinceBoot().toMillis() / 1000.0, what));
    }

    private static String names(List<Medium> media) {
        return media.isEmpty()
                ? "no medium"
                : String.join(", ", media.stream().map(Medium::toString).toList());
    }

    private Power power() {
        return Objects.requireNonNull(power, "switched off");
    }

    private Path disk() {
        return folder.resolve("disk.qcow2");
    }

    /// Keeps the journal in `journal.log`, ends the machine and removes its disk.
    @Override
    public void close() throws IOException {
        try (transcript) {
            if (power != null) {
                keepJournal();
                cutPower();
            }
        } finally {
            Files.deleteIfExists(disk());
            for (int i = 1; i <= boots; i++) {
                Files.deleteIfExists(sockets.resolve("agent-" + i));
            }
            Files.delete(sockets);
        }
    }

    private void keepJournal() throws IOException {
        try {
            Files.writeString(folder.resolve("journal.log"), peek("journalctl -o short-monotonic --no-hostname"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
