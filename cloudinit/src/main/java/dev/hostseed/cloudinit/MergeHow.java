package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import java.util.List;

/// How cloud-init is to merge our document with others: lists are joined, and else what comes first stays, so that no
/// document in front of ours takes away a command or a file.
///
/// Rule: cloud-init, "Merging user data sections".
final class MergeHow {
    static final Data APPENDED = new Data.Sequence(
            List.of(merger("list", "append"), merger("dict", "no_replace", "recurse_list"), merger("str")));

    private MergeHow() {}

    private static Data merger(String name, String... settings) {
        return Data.mapping().with("name", name).with("settings", Data.texts(List.of(settings)));
    }
}
