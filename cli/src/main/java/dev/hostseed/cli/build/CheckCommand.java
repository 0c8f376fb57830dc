package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.core.data.Plural;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hostseed check`: what is wrong with a Compose file, all at once.
@Command(name = "check", description = "Says what is wrong with a Compose file: every problem at once.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final InputOptions input = new InputOptions();

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Override
    public Integer call() {
        return form.telling(input.quiet()).run(this::check);
    }

    private ExitCode check(Telling telling) {
        var compose = input.input();
        var host = input.read(compose, telling);
        host.ifPresent(accepted -> telling.terminal()
                .say(compose.files().getFirst() + ": good for "
                        + Plural.of(accepted.project().containers(), "container")));
        return telling.verdict();
    }
}
