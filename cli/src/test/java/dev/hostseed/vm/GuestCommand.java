package dev.hostseed.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/// A command for bash in the guest, as a line for `src/test/vm/agent.py`, whose documentation has the protocol.
///
/// @param id by which the reply is known
/// @param limit after which the guest kills it; its code is 124 then
record GuestCommand(int id, String script, Duration limit) {
    /// What came of a command.
    ///
    /// @param boot the id of the kernel that ran it: another one after a reboot
    /// @param code bash's exit code; negative for a signal
    record Result(String command, String boot, int code, String out, String err) {
        /// Both streams, standard output first.
        String output() {
            return out.isEmpty() || out.endsWith("\n") || err.isEmpty() ? out + err : out + "\n" + err;
        }
    }

    /// Begins with a line end, which ends what a guest that was cut off may have got of an earlier line.
    byte[] line() {
        return "\n%d %d %s\n".formatted(id, limit.toSeconds(), encode(script)).getBytes(UTF_8);
    }

    /// The result, if `reply` is the reply to this command.
    Optional<Result> resultIn(String reply) {
        var words = reply.split(" ");
        if (words.length != 5 || !words[0].equals(Integer.toString(id))) {
            return Optional.empty();
        }
        return Optional.of(
                new Result(script, words[1], Integer.parseInt(words[2]), decode(words[3]), decode(words[4])));
    }

    private static String encode(String text) {
        return "[" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "]";
    }

    private static String decode(String word) {
        return new String(Base64.getDecoder().decode(word.substring(1, word.length() - 1)), UTF_8);
    }
}
