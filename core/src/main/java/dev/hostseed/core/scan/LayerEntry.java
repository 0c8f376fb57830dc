package dev.hostseed.core.scan;

/// One entry of a layer.
///
/// @param path relative to the image's root, without empty and `.` components; empty for the root itself
/// @param size of the content in bytes, as the tar has it
/// @param length of the file in bytes: more than `size` where the tar leaves out its holes
/// @param target of a hard link, in the form of `path`, or of a symbolic link as it is; otherwise empty
record LayerEntry(String path, Kind kind, long size, long length, String target) {
    enum Kind {
        FILE,
        DIRECTORY,
        HARD_LINK,
        SYMBOLIC_LINK,
        /// A device, a pipe.
        OTHER
    }

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The directory, of which an empty path is the root.
    String directory() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /// Whether all that lower layers have in [#directory] is hidden.
    boolean isOpaque() {
        return name().equals(OPAQUE);
    }

    /// Whether this hides something instead of being there itself.
    boolean isWhiteout() {
        return name().startsWith(WHITEOUT);
    }

    /// What a whiteout hides, with all that is below it.
    String hidden() {
        var directory = directory();
        return (directory.isEmpty() ? "" : directory + "/") + name().substring(WHITEOUT.length());
    }

    /// `written` as a path from the root: `./a//b/` is `a/b`.
    static String normal(String written) {
        if (isNormal(written)) {
            return written;
        }
        var normal = new StringBuilder();
        var at = 0;
        while (at < written.length()) {
            var slash = written.indexOf('/', at);
            var end = slash < 0 ? written.length() : slash;
            var length = end - at;
            if (length == 2 && written.startsWith("..", at)) {
                normal.setLength(Math.max(0, normal.lastIndexOf("/")));
            } else if (length > 1 || length == 1 && written.charAt(at) != '.') {
                normal.append(normal.isEmpty() ? "" : "/").append(written, at, end);
            }
            at = end + 1;
        }
        return normal.toString();
    }

    /// Most names are: no component is empty or begins with a dot and may be `.` or `..`.
    private static boolean isNormal(String written) {
        return !written.isEmpty()
                && written.charAt(0) != '/'
                && written.charAt(0) != '.'
                && !written.endsWith("/")
                && !written.contains("//")
                && !written.contains("/.");
    }
}
