package dev.hostseed.systemd.release;

import dev.hostseed.systemd.unit.UnitName;
import java.time.Duration;

/// The running systemd, as far as an installation needs it.
public interface Systemctl {
    /// Has all unit files read again.
    void daemonReload() throws SystemctlException;

    /// Has `unit` started, and does not wait for it: whoever calls may itself be a job that is waited for.
    void start(UnitName unit) throws SystemctlException;

    /// Has `unit` read its settings again, if it is active.
    void reloadIfActive(UnitName unit) throws SystemctlException;

    /// The system's own, by systemctl(1).
    ///
    /// @param timeout of each call
    static Systemctl ofSystem(Duration timeout) {
        return new SystemctlCommand("systemctl", timeout);
    }

    /// None: a tree that is no running system, where unit files and links are all that is wanted.
    static Systemctl none() {
        return NoSystemctl.INSTANCE;
    }
}
