/// The commands, and nothing that another program would call.
module dev.hostseed.cli {
    requires dev.hostseed.cloudinit;
    requires dev.hostseed.core;
    requires dev.hostseed.systemd;
    requires com.github.mustachejava;
    requires info.picocli;
    requires org.newsclub.net.unix;
    requires static org.jspecify;
}
