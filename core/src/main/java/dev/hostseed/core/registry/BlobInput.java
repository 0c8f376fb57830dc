package dev.hostseed.core.registry;

import dev.hostseed.core.data.BulkInputStream;
import dev.hostseed.core.host.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A blob, downloaded while it is read. A connection that breaks is taken up again where it broke: by `Range` if the
/// server knows it, else from the start, and what was read before is passed over. The digest over all that was given
/// out decides at the end.
///
/// Rules: OCI Distribution Specification 1.1, "Pulling blobs"; RFC 9110, section 14.
final class BlobInput extends BulkInputStream {
    private static final int WORTH_IT = 1 << 20; // bytes that a connection has to bring for the next one to be a first

    private final Registry registry;
    private final RepositoryName repository;
    private final Digest digest;
    private final long size;
    private final MessageDigest sum = Digest.sha256();
    private @Nullable Answer answer;
    private long done;
    private long counted; // how far it was when attempts were last counted from one
    private int broken;
    private boolean ended;

    BlobInput(Registry registry, RepositoryName repository, Digest digest, long size) {
        this.registry = registry;
        this.repository = repository;
        this.digest = digest;
        this.size = size;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            try {
                var count = opened().body().read(to, offset, (int) Math.min(length, size - done + 1));
                if (count > 0) {
                    take(to, offset, count);
                    return count;
                }
                if (done == size) {
                    verify();
                } else {
                    throw new EOFException("it ends after " + done + " of " + size + " bytes");
                }
            } catch (RegistryException | InterruptedIOException decided) {
                throw decided;
            } catch (IOException failure) {
                if (done == size) {
                    verify();
                } else {
                    again(failure);
                }
            }
        }
        return -1;
    }

    @Override
    public void close() {
        ended = true;
        closeAnswer();
    }

    private void take(byte[] bytes, int offset, int count) throws WrongContentException {
        if (count > size - done) {
            throw new WrongContentException(
                    "%s, %s: more comes than the %d bytes that it has".formatted(repository, digest, size));
        }
        sum.update(bytes, offset, count);
        done += count;
    }

    private void verify() throws WrongContentException {
        ended = true;
        closeAnswer();
        var found = Digest.ofSha256(sum.digest());
        if (!found.equals(digest)) {
            throw new WrongContentException("%s: asked for %s, what came is %s".formatted(repository, digest, found));
        }
    }

    private Answer opened() throws IOException {
        if (answer == null) {
            answer = open();
        }
        return answer;
    }

    private Answer open() throws IOException {
        var range = done == 0 ? Map.<String, String>of() : Map.of("Range", "bytes=" + done + "-");
        var opened = registry.get(repository, "blobs/" + digest, range);
        try {
            if (opened.status() != 206) {
                opened.body().skipNBytes(done);
            } else if (!opened.header("Content-Range").startsWith("bytes " + done + "-")) {
                throw new WrongContentException("%s, %s: asked for what follows byte %d, the registry gives '%s'"
                        .formatted(repository, digest, done, Printable.line(opened.header("Content-Range"))));
            }
            return opened;
        } catch (IOException failure) {
            opened.close();
            throw failure;
        }
    }

    private void again(IOException failure) throws IOException {
        closeAnswer();
        if (done - counted >= WORTH_IT) {
            counted = done;
            broken = 0;
        }
        if (++broken >= registry.patience().attempts()) {
            throw new RegistryUnreachableException(
                    "%s broke off %d times while %s of %s came: %s"
                            .formatted(repository.host(), broken, digest, repository, Clients.reason(failure)),
                    failure,
                    false);
        }
        registry.patience().wait(broken);
    }

    private void closeAnswer() {
        if (answer != null) {
            answer.close();
            answer = null;
        }
    }
}
