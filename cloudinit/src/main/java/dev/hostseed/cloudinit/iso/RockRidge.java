package dev.hostseed.cloudinit.iso;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// System use entries that keep what POSIX knows of a file: mode, owner (always root), times, name, link.
///
/// Rule: IEEE P1282 version 1.12, section 4.1; IEEE P1281 for `SP`, `CE` and `ER`.
final class RockRidge {
    private static final int VERSION = 1;
    private static final int HEAD = 4;
    private static final int LARGEST = 255;
    private static final int CONTINUES = 1;

    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;

    private RockRidge() {}

    /// `SP`: system use entries begin here, in the first record of the root.
    static byte[] indicator() {
        return entry("SP", new Sectors().octet(0xBE).octet(0xEF).octet(0));
    }

    /// `ER`: the entries are those of Rock Ridge.
    static byte[] reference() {
        var name = "IEEE_P1282";
        var description = "THE IEEE P1282 PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS";
        var source = "PLEASE CONTACT THE IEEE STANDARDS DEPARTMENT, PISCATAWAY, NJ, USA FOR THE P1282 SPECIFICATION";
        return entry(
                "ER",
                new Sectors()
                        .octet(name.length())
                        .octet(description.length())
                        .octet(source.length())
                        .octet(VERSION)
                        .ascii(name + description + source));
    }

    /// `PX`: mode, links, owner, group, serial number.
    static byte[] attributes(IsoNode node) {
        return switch (node) {
            case IsoNode.File file -> attributes(REGULAR | file.mode(), 1);
            case IsoNode.Link link -> attributes(SYMBOLIC_LINK | 0777, 1);
            case IsoNode.Directory directory -> attributes(DIRECTORY | 0555, 2 + directory.directories());
        };
    }

    private static byte[] attributes(int mode, long links) {
        return entry(
                "PX",
                new Sectors().both32(mode).both32(links).both32(0).both32(0).both32(0));
    }

    /// `TF`: when it was modified, read and changed.
    static byte[] times() {
        var modified = 1 << 1;
        var accessed = 1 << 2;
        var changed = 1 << 3;
        var time = IsoTime.recorded();
        return entry(
                "TF",
                new Sectors()
                        .octet(modified | accessed | changed)
                        .octets(time)
                        .octets(time)
                        .octets(time));
    }

    /// `NM`: the name in UTF-8, in as many entries as it takes.
    static List<byte[]> name(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var entries = new ArrayList<byte[]>();
        var room = LARGEST - HEAD - 1;
        for (int from = 0; from < bytes.length; from += room) {
            var to = Math.min(from + room, bytes.length);
            var part = new Sectors().octet(to < bytes.length ? CONTINUES : 0);
            entries.add(entry("NM", part.octets(Arrays.copyOfRange(bytes, from, to))));
        }
        return entries;
    }

    /// `SL`: the target of a link, component by component, in as many entries as it takes.
    static List<byte[]> link(String target) {
        var entries = new ArrayList<byte[]>();
        var room = LARGEST - HEAD - 1;
        var components = components(target);
        for (int i = 0; i < components.size(); ) {
            var part = new Sectors();
            while (i < components.size() && part.size() + components.get(i).length <= room) {
                part.octets(components.get(i++));
            }
            var flags = i < components.size() ? CONTINUES : 0;
            entries.add(entry("SL", new Sectors().octet(flags).octets(part.toArray())));
        }
        return entries;
    }

    private static List<byte[]> components(String target) {
        var components = new ArrayList<byte[]>();
        var rest = target;
        if (rest.startsWith("/")) {
            components.add(new byte[] {1 << 3, 0});
            rest = rest.substring(1);
        }
        for (var name : rest.isEmpty() ? new String[0] : rest.split("/", -1)) {
            switch (name) {
                case "." -> components.add(new byte[] {1 << 1, 0});
                case ".." -> components.add(new byte[] {1 << 2, 0});
                default -> components.addAll(component(name.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return components;
    }

    private static List<byte[]> component(byte[] name) {
        var parts = new ArrayList<byte[]>();
        var room = LARGEST - HEAD - 1 - 2;
        int from = 0;
        do {
            var to = Math.min(from + room, name.length);
            parts.add(new Sectors()
                    .octet(to < name.length ? CONTINUES : 0)
                    .octet(to - from)
                    .octets(Arrays.copyOfRange(name, from, to))
                    .toArray());
            from = to;
        } while (from < name.length);
        return parts;
    }

    /// `CE`: the entries go on elsewhere.
    static byte[] continuation(long sector, int offset, int length) {
        return entry("CE", new Sectors().both32(sector).both32(offset).both32(length));
    }

    private static byte[] entry(String signature, Sectors content) {
        return new Sectors()
                .ascii(signature)
                .octet(HEAD + content.size())
                .octet(VERSION)
                .octets(content.toArray())
                .toArray();
    }
}
