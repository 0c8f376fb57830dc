package dev.hostseed.core.host;

/// A file of the project that a container sees.
///
/// @param path relative to the project directory, normal, without `..`, separated by `/`
public record ProjectFile(String path, Bytes content, FileMode mode) {
    public ProjectFile {
        new TargetPath("/" + path); // the same rule, below whatever directory it comes to lie in
    }
}
