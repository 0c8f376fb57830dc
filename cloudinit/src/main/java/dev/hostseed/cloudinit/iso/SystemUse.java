package dev.hostseed.cloudinit.iso;

import java.util.List;

/// The area where system use entries go on that found no room in their directory record.
///
/// Rule: IEEE P1281, 5.1.
final class SystemUse {
    private final long firstSector;
    private final Sectors area = new Sectors();

    SystemUse(long firstSector) {
        this.firstSector = firstSector;
    }

    /// What of `entries` stands in `room` bytes; all others are in this area, and the last entry points there.
    byte[] fit(List<byte[]> entries, int room) {
        var here = new Sectors();
        if (entries.stream().mapToInt(e -> e.length).sum() <= room) {
            entries.forEach(here::octets);
            return here.toArray();
        }
        var pointer = RockRidge.continuation(0, 0, 0).length;
        int next = 0;
        while (here.size() + entries.get(next).length + pointer <= room) {
            here.octets(entries.get(next++));
        }
        return here.octets(place(fit(entries.subList(next, entries.size()), Sectors.SIZE)))
                .toArray();
    }

    private byte[] place(byte[] rest) {
        area.keepTogether(rest.length);
        var at = area.size();
        area.octets(rest);
        return RockRidge.continuation(firstSector + at / Sectors.SIZE, at % Sectors.SIZE, rest.length);
    }

    byte[] toArray() {
        return area.fill().toArray();
    }
}
