package io.edgemc.syncer.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * SLF4J on a few lines of our own: JSON lines on standard output. It is chosen by the property {@code slf4j.provider}, not
 * registered as a service, so that it does not get in the way where the syncer's classes are used as a library.
 */
public final class JsonLinesProvider implements SLF4JServiceProvider {
    private static final String API_VERSION = "2.0.99";

    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new NOPMDCAdapter();
    private @Nullable ILoggerFactory loggers;

    /** Every line of this process from now on names the cluster. */
    public static void cluster(String name) {
        JsonLines.of(name);
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        ILoggerFactory factory = loggers;
        if (factory == null) {
            throw new IllegalStateException("SLF4J initializes its provider first");
        }
        return factory;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }

    @Override
    public void initialize() {
        Map<String, Logger> byName = new ConcurrentHashMap<>();
        JsonLines out = JsonLines.standard();
        loggers = name -> byName.computeIfAbsent(name, n -> new JsonLogger(n, out));
    }
}
