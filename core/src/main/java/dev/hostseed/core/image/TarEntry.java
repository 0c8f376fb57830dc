package dev.hostseed.core.image;

/// What a tar says of one file.
///
/// @param name relative, of plain components: no `.`, `..`, empty one or backslash
/// @param size of the content in bytes; 0 unless a file
/// @param target as written; empty unless a link
record TarEntry(String name, Kind kind, long size, String target) {
    enum Kind {
        FILE,
        DIRECTORY,
        SYMBOLIC_LINK
    }
}
