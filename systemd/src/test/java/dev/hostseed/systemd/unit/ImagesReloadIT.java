package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real systemd makes of a service that has the images of its project loaded again while it starts.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ImagesReloadIT {
    private static final Pattern TOLD = Pattern.compile("(Requires|After|PartOf|Type|RemainAfterExit)=.*");
    private static final String DATABASE = "systemctl --user show -p MainPID,ActiveState shop-db.service";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void images_are_loaded_again_while_a_service_starts_and_no_other_is_restarted() throws Exception {
        Tool.require(UserSystemd.isUsable(), "root, unshare and systemd");
        var database = "systemd-notify --ready; exec sleep 600";
        var web =
                "%s >%s; systemctl --user reload shop-images.service; echo $? >%s; %s >%s; systemd-notify --ready; exec sleep 600"
                        .formatted(DATABASE, out("before"), out("status"), DATABASE, out("after"));
        // Longer than the time limit of the unit.
        var load = "systemd-notify EXTEND_TIMEOUT_USEC=20000000; sleep 4; echo loaded >>" + out("loads");

        UserSystemd.start(
                directory,
                Map.of(
                        "shop-network-default.service", unit("shop-network-default", "true", "", ""),
                        "shop-images.service",
                                unit("shop-images", "true", load, "NotifyAccess=exec\nTimeoutStartSec=3s\n"),
                        "shop-db.service", unit("shop-db", database, "", "NotifyAccess=all\n"),
                        "shop-web.service",
                                unit("shop-web", web, "", "NotifyAccess=all\n")
                                        .replace("[Service]", "After=shop-db.service\n[Service]")));

        assertThat(directory.resolve("loads")).content().isEqualTo("loaded\n");
        assertThat(directory.resolve("status")).content().isEqualTo("0\n");
        assertThat(directory.resolve("before")).content().contains("ActiveState=active");
        assertThat(directory.resolve("after")).content().isEqualTo(Files.readString(directory.resolve("before")));
    }

    @Test
    void the_unit_of_the_images_may_tell_how_far_it_is_when_it_loads_them_again() {
        var text = text("shop-images");

        assertThat(text).contains("\nNotifyAccess=exec\n");
        var load = text.lines().filter(line -> line.startsWith("ExecStart=")).findFirst();
        assertThat(text).contains("\n" + load.orElseThrow().replace("ExecStart=", "ExecReload=") + "\n");
    }

    private String out(String name) {
        return directory.resolve(name).toString();
    }

    /// What the unit says of its place among the others, and what it is, with other commands.
    private static String unit(String name, String start, String reload, String more) {
        var told = text(name)
                .lines()
                .filter(line -> line.startsWith("[") || TOLD.matcher(line).matches())
                .collect(Collectors.joining("\n"))
                .replace("[Install]", "");
        return told.strip() + "\n" + more
                + Directive.command("ExecStart", shell(start)).line() + "\n"
                + (reload.isEmpty()
                        ? ""
                        : Directive.command("ExecReload", shell(reload)).line() + "\n");
    }

    private static List<String> shell(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private static String text(String name) {
        var policy = new RestartPolicy.Always();
        var host = Hosts.host(
                "shop",
                List.of(
                        Hosts.service("db", policy, List.of(), List.of()),
                        Hosts.service("web", policy, List.of(), List.of())),
                List.of());
        var path = ProjectUnits.DIRECTORY.resolve(name + ".service");
        var unit = (FileContent.Held)
                Objects.requireNonNull(ProjectUnits.render(host).get(path));
        return unit.bytes().utf8();
    }
}
