package dev.hostseed.core.host;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/// A config or a secret of a project, which services are granted by its name. Its text does not have its content.
public final class GrantedFile {
    /// So many that a secret of a few digits is not found in a moment.
    private static final int ITERATIONS = 100_000;

    private final Kind kind;
    private final ResourceName name;
    private final Bytes content;
    private volatile @Nullable String fingerprint;

    public enum Kind {
        CONFIG,
        SECRET;

        /// The key of a Compose file under which all of the kind stand.
        public String section() {
            return this + "s";
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GrantedFile(Kind kind, ResourceName name, Bytes content) {
        this.kind = kind;
        this.name = name;
        this.content = content;
    }

    public Kind kind() {
        return kind;
    }

    public ResourceName name() {
        return name;
    }

    public Bytes content() {
        return content;
    }

    /// 64 hexadecimal digits that are others for another content, and do not give away what a secret is: to try a
    /// guess takes some tens of milliseconds, for each secret anew. So does the first call.
    ///
    /// Rule: RFC 8018, PBKDF2.
    public String fingerprint() {
        var known = fingerprint;
        if (known == null) {
            var digest = Digest.of(content.toArray()).hex();
            known = kind == Kind.SECRET ? stretched(digest) : digest;
            fingerprint = known;
        }
        return known;
    }

    private String stretched(String digest) {
        var key = new PBEKeySpec(
                digest.toCharArray(), Bytes.of("hostseed " + name).toArray(), ITERATIONS, 256);
        try {
            var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return HexFormat.of().formatHex(factory.generateSecret(key).getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // java.base has it
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GrantedFile file
                && kind == file.kind
                && name.equals(file.name)
                && content.equals(file.content);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
