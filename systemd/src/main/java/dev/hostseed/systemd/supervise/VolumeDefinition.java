package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.EngineName;

/// A volume, as it has to be before a container that uses it starts.
///
/// @param external whether someone else makes it, so that it must be there
/// @param create body of `POST /volumes/create`, whose labels hold the digest of this definition; empty if external
public record VolumeDefinition(EngineName name, boolean external, Data.Mapping create) {

    /// The digest by which a volume is known to be of this very definition.
    public String config() {
        return Labels.find(create, Labels.CONFIG);
    }

    public Data.Mapping toData() {
        return Data.mapping()
                .with("name", name.value())
                .with("external", external)
                .with("create", create);
    }

    public static VolumeDefinition of(Data.Mapping data) throws MalformedDataException {
        try {
            return new VolumeDefinition(
                    new EngineName(Fields.text(data, "name")),
                    Fields.truth(data, "external"),
                    Fields.mapping(data, "create"));
        } catch (IllegalArgumentException notOurs) {
            throw new MalformedDataException("not the definition of a volume: " + notOurs.getMessage());
        }
    }
}
