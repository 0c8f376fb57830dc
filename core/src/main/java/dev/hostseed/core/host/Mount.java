package dev.hostseed.core.host;

import dev.hostseed.core.data.Data;

/// Something of the host, or of the Engine, that a container sees under a path of its own.
public sealed interface Mount {
    /// In the container.
    TargetPath target();

    boolean readOnly();

    /// @param createHostPath whether the Engine makes a missing source, as root, instead of refusing
    record Bind(TargetPath source, TargetPath target, boolean readOnly, boolean createHostPath, Options options)
            implements Mount {
        /// With nothing else said.
        public Bind(TargetPath source, TargetPath target, boolean readOnly, boolean createHostPath) {
            this(source, target, readOnly, createHostPath, Options.NONE);
        }
    }

    /// A file or a directory of the project, which the seed carries.
    ///
    /// @param path relative to the project directory, as in [ProjectFile#path]; that of a file or of a directory;
    /// `.` for the whole project
    record ProjectBind(String path, TargetPath target, boolean readOnly, Options options) implements Mount {
        /// With nothing else said.
        public ProjectBind(String path, TargetPath target, boolean readOnly) {
            this(path, target, readOnly, Options.NONE);
        }
    }

    record Named(ResourceName volume, TargetPath target, boolean readOnly, Options options) implements Mount {}

    /// A config or a secret of the project, as a file of its own for this one container.
    record Granted(GrantedFile.Kind kind, ResourceName source, TargetPath target, FileOwner owner, FileMode mode)
            implements Mount {
        @Override
        public boolean readOnly() {
            return true;
        }
    }

    /// A volume without a name, which goes with its container.
    record Anonymous(TargetPath target, boolean readOnly, Options options) implements Mount {
        /// With nothing else said.
        public Anonymous(TargetPath target, boolean readOnly) {
            this(target, readOnly, Options.NONE);
        }
    }

    /// Memory, which goes with the container.
    record Tmpfs(TargetPath target, boolean readOnly, Options options) implements Mount {}

    /// The files of another image, which the container cannot change.
    record Image(ImageReference image, TargetPath target, boolean readOnly, Options options) implements Mount {}

    /// What the Engine alone gives a meaning to.
    ///
    /// @param label `z` or `Z`, by which SELinux lets containers or this container alone reach the files; or empty
    /// @param engine the Engine's own options for this kind of mount, handed on as they are
    record Options(String label, Data.Mapping engine) {
        public static final Options NONE = new Options("", Data.mapping());
    }
}
