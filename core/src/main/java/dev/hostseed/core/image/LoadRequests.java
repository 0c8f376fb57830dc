package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The steps of a plan as requests to the Engine: sent, the reply read to its end, and the image looked at.
final class LoadRequests implements LoadSteps.Way {
    private static final Duration SILENCE = Duration.ofMinutes(10); // unpacking a large layer tells nothing meanwhile

    private static final String CREATE = "/images/create?fromSrc=-&changes="
            + URLEncoder.encode("LABEL " + LoadStream.PART + "=\"\"", StandardCharsets.UTF_8);

    private final BundleFiles bundle;
    private final Engine engine;
    private final EngineImages images;
    private final boolean containerd;
    private final Progress progress;
    private final Map<Digest, Amount> amounts = new HashMap<>();
    private final AtomicLong bytesSent = new AtomicLong();
    private final Set<String> shown = ConcurrentHashMap.newKeySet();

    LoadRequests(
            BundleFiles bundle,
            Engine engine,
            EngineImages images,
            List<LoadStep> plan,
            boolean containerd,
            Progress progress) {
        this.bundle = bundle;
        this.engine = engine;
        this.images = images;
        this.containerd = containerd;
        this.progress = progress;
        for (var step : plan) {
            amounts.computeIfAbsent(step.image().config().digest(), image -> new Amount()).total += bytes(step.sent());
        }
    }

    /// How much of an image goes along, and how much of that went.
    private static final class Amount {
        private final AtomicLong done = new AtomicLong();
        private long total;
    }

    long bytesSent() {
        return bytesSent.get();
    }

    /// The names under which the Engine showed an image as locked, after its load.
    Set<String> shown() {
        return Set.copyOf(shown);
    }

    @Override
    public void bring(LoadStep step, LoadSteps.Turn turn) throws IOException {
        if (step.brings() == LoadStep.Brings.ROOT) {
            create(step);
        } else if (!containerd) {
            send(step, out -> LoadStream.writePlain(bundle, step, turn, out));
        } else if (step.sent().size() == step.image().layers().size() || !isEnough(step)) {
            sendAll(step);
        }
    }

    /// The image with all its layers. The store may have lost meanwhile what it had of them: when an image takes over
    /// the name of another, containerd collects the other's layers while it unpacks the new ones upon them.
    private void sendAll(LoadStep step) throws IOException {
        var unread = new HashMap<Digest, LockedLayer>();
        step.image().layers().forEach(layer -> unread.put(layer.plain().digest(), layer));
        step.sent().forEach(layer -> unread.remove(layer.plain().digest()));
        BundleVerifier.verifyLayers(bundle, unread, LayerFile::verifyStored, progress);
        send(
                step,
                out -> LoadStream.writeStored(bundle, step.image(), step.image().layers(), out));
    }

    private boolean isEnough(LoadStep step) throws IOException {
        try {
            send(step, out -> LoadStream.writeStored(bundle, step.image(), step.sent(), out));
            return true;
        } catch (EngineFullException full) {
            throw full;
        } catch (EngineRefusedException notEnough) {
            return false;
        }
    }

    private void send(LoadStep step, Engine.Body body) throws IOException {
        var image = step.image();
        var reply = new LoadReply(image, progress);
        upload("/images/load", image, body, reply);
        if (step.brings() != LoadStep.Brings.IMAGE) {
            reply.check();
            return;
        }
        try {
            reply.check();
            images.requireNamed(image);
            shown.add(image.reference().tagged());
        } catch (EngineRefusedException refused) {
            throw withoutRemains(image, refused);
        }
    }

    /// Rule: Engine API, "Create an image", `fromSrc=-`.
    private void create(LoadStep step) throws IOException {
        var reply = new LoadReply(step.image(), progress);
        upload(CREATE, step.image(), out -> LoadStream.writeRoot(bundle, step, out), reply);
        reply.check();
    }

    private void upload(String target, LockedImage image, Engine.Body body, LoadReply reply) throws IOException {
        try {
            engine.withIdleTimeout(SILENCE).upload(target, out -> body.writeTo(counted(out, image)), reply::take);
        } catch (EngineRefusedException refused) {
            throw reply.refusal(refused);
        }
    }

    private EngineRefusedException withoutRemains(LockedImage image, EngineRefusedException refused) {
        try {
            images.removeBroken(image);
        } catch (IOException second) {
            refused.addSuppressed(second);
        }
        return refused;
    }

    private long bytes(List<LockedLayer> layers) {
        return layers.stream()
                .mapToLong(layer -> (containerd ? layer.stored() : layer.plain()).size())
                .sum();
    }

    private OutputStream counted(OutputStream out, LockedImage image) {
        var amount = amounts.getOrDefault(image.config().digest(), new Amount());
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                bytesSent.addAndGet(length);
                var done = amount.done.addAndGet(length);
                progress.at("loading " + image.reference(), Math.min(done, amount.total), amount.total);
            }
        };
    }
}
