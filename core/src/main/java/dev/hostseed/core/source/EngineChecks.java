package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Report;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rules between the settings of a container that the Engine has, and that would only be met when it is made; and what
/// the Engine takes without doing it.
///
/// Rule: moby, `daemon/internal/runconfig/hostconfig.go` and `daemon/daemon_unix.go`.
final class EngineChecks {
    private static final long LEAST_MEMORY = 6L << 20;

    private final ServiceDraft service;
    private final Report report;

    private EngineChecks(ServiceDraft service, Report report) {
        this.service = service;
        this.report = report;
    }

    static void run(ServiceDraft service, Report report) {
        var checks = new EngineChecks(service, report);
        checks.memory();
        checks.processors();
        checks.namespaces();
        checks.network();
        checks.macAddress();
        checks.realTime();
        checks.mounts();
        checks.risks();
    }

    private void memory() {
        var limit = whole("Memory");
        limit.filter(bytes -> bytes < LEAST_MEMORY)
                .ifPresent(bytes ->
                        error("mem_limit", "a limit of less than 6 MiB, which the Engine refuses", "write 6m or more"));
        if (limit.isEmpty()) {
            if (whole("MemorySwap").filter(swap -> swap != -1).isPresent()) {
                error("memswap_limit", "'memswap_limit' without 'mem_limit'", "write both");
            }
            if (is("OomKillDisable")) {
                error(
                        "oom_kill_disable",
                        "'oom_kill_disable' without 'mem_limit'",
                        "it would halt the host; write both");
            }
            return;
        }
        whole("MemorySwap")
                .filter(swap -> swap != -1 && swap < limit.get())
                .ifPresent(swap -> error(
                        "memswap_limit",
                        "'memswap_limit' is less than 'mem_limit'",
                        "write at least as much: it is memory and swap together"));
        whole("MemoryReservation")
                .filter(reservation -> reservation > limit.get())
                .ifPresent(reservation -> error(
                        "mem_reservation", "'mem_reservation' is more than 'mem_limit'", "write it at most as high"));
    }

    private void processors() {
        for (var key : List.of("cpu_period", "cpu_quota")) {
            if (service.host.containsKey("NanoCpus") && service.written.containsKey(key)) {
                error(key, "'" + key + "' beside 'cpus'", "both say the same: remove one of them");
            }
        }
    }

    private void namespaces() {
        if (service.host.containsKey("UTSMode") && service.container.containsKey("Hostname")) {
            error("hostname", "'hostname' with the host's own UTS namespace", "remove it, or 'uts'");
        }
    }

    private void network() {
        if (!service.written.containsKey("network_mode")) {
            return;
        }
        var mode = service.hostText("NetworkMode");
        if (!service.networks.isEmpty()) {
            error("network_mode", "'network_mode' beside 'networks'", "remove one of them");
        }
        if (!mode.isEmpty() && !mode.equals("bridge") && !service.ports.isEmpty()) {
            warn(
                    "network_mode",
                    "the 'ports' of '" + service.name.value() + "' have no effect",
                    mode.equals("host") ? "it has the host's own ports" : "it has no network",
                    "remove them");
            service.ports.clear();
        }
        if (mode.equals("host")
                && service.host.get("Sysctls") instanceof Data.Mapping(var names)
                && names.keySet().stream().anyMatch(name -> name.startsWith("net."))) {
            error(
                    "sysctls",
                    "a 'net.' setting with the host's network",
                    "write it to /etc/sysctl.d with 'x-host.files'");
        }
    }

    private void macAddress() {
        if (service.macAddress.isEmpty()) {
            return;
        }
        if (service.networks.isEmpty()) {
            error("mac_address", "'mac_address' beside 'network_mode'", "name a network instead");
            return;
        }
        var first = service.networks.getFirst().value();
        if (first.engine().find("MacAddress").orElse(Data.Null.NULL) instanceof Data.Text(var other)
                && !other.equals(service.macAddress)) {
            error(
                    "mac_address",
                    "'" + service.macAddress + "' is not the address on '" + first.network() + "', the first network",
                    "remove one of them");
        }
    }

    private void realTime() {
        for (var key : List.of("cpu_rt_period", "cpu_rt_runtime")) {
            if (service.written.containsKey(key)) {
                warn(key, "'" + key + "' is of cgroup v1", "the Engine refuses it on any other host", "remove it");
            }
        }
        if (whole("CpuRealtimePeriod").isPresent()
                && whole("CpuRealtimeRuntime").orElse(0L)
                        > whole("CpuRealtimePeriod").get()) {
            error("cpu_rt_runtime", "'cpu_rt_runtime' is more than 'cpu_rt_period'", "write it at most as high");
        }
    }

    private void mounts() {
        if (service.host.get("Tmpfs") instanceof Data.Mapping(var targets)) {
            for (var mount : service.mounts) {
                if (targets.containsKey(mount.value().target().value())) {
                    report.error(
                            mount.at(),
                            "a second mount at '" + mount.value().target() + "'",
                            "remove it, or that of 'tmpfs'");
                }
            }
        }
    }

    private void risks() {
        if (is("Privileged")) {
            report.as(Code.P02)
                    .warn(
                            service.at("privileged"),
                            "'" + service.name.value() + "' is root on the host",
                            "nothing holds a privileged container",
                            "give it what it needs with cap_add and devices");
        }
        for (var key : List.of("mem_swappiness", "oom_kill_disable")) {
            if (service.written.containsKey(key)) {
                warn(key, "'" + key + "' has no effect", "cgroup v2 has no such thing", "remove it");
            }
        }
        if (service.host.containsKey("StorageOpt")) {
            warn("storage_opt", "'storage_opt' works on few hosts", "overlay2 needs xfs with pquota", "remove it");
        }
        if (!Set.of("", "runc").contains(service.hostText("Runtime"))) {
            warn(
                    "runtime",
                    "the host has to know the runtime '" + service.hostText("Runtime") + "'",
                    "the Engine refuses one that is not in its daemon.json",
                    "write that with 'x-host.files'");
        }
    }

    private Optional<Long> whole(String member) {
        return service.host.get(member) instanceof Data.Whole(var value) ? Optional.of(value) : Optional.empty();
    }

    private boolean is(String member) {
        return service.host.get(member) instanceof Data.Truth(var value) && value;
    }

    private void error(String key, String what, String remedy) {
        report.error(service.at(key), what, remedy);
    }

    private void warn(String key, String what, String why, String remedy) {
        report.warn(service.at(key), what, why, remedy);
    }
}
