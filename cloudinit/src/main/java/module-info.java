/// User-data and the NoCloud seed.
module dev.hostseed.cloudinit {
    requires transitive dev.hostseed.core;
    requires transitive dev.hostseed.systemd;
    requires static transitive org.jspecify;

    exports dev.hostseed.cloudinit;
    exports dev.hostseed.cloudinit.iso;
}
