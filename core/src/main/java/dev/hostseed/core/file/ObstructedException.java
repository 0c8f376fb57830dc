package dev.hostseed.core.file;

import java.io.IOException;
import java.nio.file.Path;

/// Something of another kind stands where a file or a directory is to be. It was left alone, and so was all else.
public final class ObstructedException extends IOException {
    /// @param found what stands there, with its article: `a directory`
    /// @param wanted what should, with its article
    public ObstructedException(Path path, String found, String wanted) {
        super("%s is %s, not %s; move it away".formatted(path, found, wanted));
    }
}
