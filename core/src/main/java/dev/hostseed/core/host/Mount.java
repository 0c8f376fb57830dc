package dev.hostseed.core.host;

/// Something of the host, or of the Engine, that a container sees under a path of its own.
public sealed interface Mount {
    /// In the container.
    TargetPath target();

    boolean readOnly();

    /// @param createHostPath whether the Engine makes a missing source, as root, instead of refusing
    record Bind(TargetPath source, TargetPath target, boolean readOnly, boolean createHostPath) implements Mount {}

    /// A file or a directory of the project, which the seed carries.
    ///
    /// @param path relative to the project directory, as in [ProjectFile#path]; that of a file or of a directory;
    /// `.` for the whole project
    record ProjectBind(String path, TargetPath target, boolean readOnly) implements Mount {}

    /// @param noCopy whether a new volume stays empty instead of taking what the image has at `target`
    record Named(ResourceName volume, TargetPath target, boolean readOnly, boolean noCopy) implements Mount {}

    /// A config or a secret of the project, as a file of its own for this one container.
    record Granted(GrantedFile.Kind kind, ResourceName source, TargetPath target, FileOwner owner, FileMode mode)
            implements Mount {
        @Override
        public boolean readOnly() {
            return true;
        }
    }

    /// A volume without a name, which goes with its container.
    record Anonymous(TargetPath target, boolean readOnly) implements Mount {}
}
