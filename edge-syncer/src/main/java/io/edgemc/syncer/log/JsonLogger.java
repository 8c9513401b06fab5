package io.edgemc.syncer.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/** A logger that writes JSON lines. */
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;

    private final transient JsonLines out;

    JsonLogger(String name, JsonLines out) {
        this.name = name;
        this.out = out;
    }

    @Override
    public void log(LoggingEvent event) {
        out.write(name, event);
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        out.write(name, level, message == null ? "" : message, cause);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return out.writes(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return out.writes(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return out.writes(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return out.writes(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return out.writes(Level.ERROR);
    }
}
