/// The host as values, its sources, images and files, and the Docker Engine.
module dev.hostseed.core {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires com.github.luben.zstd_jni;
    requires com.github.mustachejava;
    requires com.google.gson;
    requires java.net.http;
    requires org.apache.commons.exec;
    requires org.newsclub.net.unix;
    requires org.yaml.snakeyaml;
    requires static transitive org.jspecify;

    exports dev.hostseed.core.build;
    exports dev.hostseed.core.data;
    exports dev.hostseed.core.engine;
    exports dev.hostseed.core.file;
    exports dev.hostseed.core.host;
    exports dev.hostseed.core.image;
    exports dev.hostseed.core.problem;
    exports dev.hostseed.core.registry;
    exports dev.hostseed.core.scan;
    exports dev.hostseed.core.signature;
    exports dev.hostseed.core.source;
    exports dev.hostseed.core.work;
}
