package dev.hostseed.systemd.release;

import dev.hostseed.systemd.unit.UnitName;

/// Where no systemd runs, nothing is to be told.
enum NoSystemctl implements Systemctl {
    INSTANCE;

    @Override
    public void daemonReload() {}

    @Override
    public void start(UnitName unit) {}

    @Override
    public void reloadIfActive(UnitName unit) {}
}
