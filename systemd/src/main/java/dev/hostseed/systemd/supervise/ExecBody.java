package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Hooks;
import java.util.List;

/// Bodies of `POST /containers/{id}/exec`. Rule: Engine API 1.41.
final class ExecBody {
    private ExecBody() {}

    static ContainerDefinition.Hooks of(Hooks hooks) {
        return new ContainerDefinition.Hooks(of(hooks.postStart()), of(hooks.preStop()));
    }

    private static List<Data.Mapping> of(List<Hooks.Command> commands) {
        return commands.stream().map(ExecBody::of).toList();
    }

    private static Data.Mapping of(Hooks.Command command) {
        return Data.mapping()
                .with("AttachStdout", true)
                .with("AttachStderr", true)
                .with("Cmd", Data.texts(command.words()))
                .withUnlessEmpty("Env", CreateBody.environment(command.environment()))
                .withUnlessEmpty("User", new Data.Text(command.user()))
                .withUnlessEmpty("WorkingDir", new Data.Text(command.workingDirectory()))
                .with("Privileged", command.privileged());
    }
}
