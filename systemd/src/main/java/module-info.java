/// Unit files, sd_notify, the supervisor, and the release on disk.
module dev.hostseed.systemd {
    requires com.sun.jna;
    requires org.apache.commons.exec;
    requires org.newsclub.net.unix;
    requires transitive dev.hostseed.core;
    requires static transitive org.jspecify;

    exports dev.hostseed.systemd.notify;
    exports dev.hostseed.systemd.release;
    exports dev.hostseed.systemd.supervise;
    exports dev.hostseed.systemd.unit;
}
