package dev.hostseed.core.engine;

/// The Engine's disk has no room for what it was asked to keep.
public final class EngineFullException extends EngineRefusedException {
    public EngineFullException(String message) {
        super(200, message);
    }
}
