package io.edgemc.kube.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what is logged as an error: an exception that nobody expected. */
final class ErrorLog extends AppenderBase<ILoggingEvent> {
    private final List<String> errors = new CopyOnWriteArrayList<>();

    static ErrorLog follow() {
        ErrorLog log = new ErrorLog();
        log.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            var cause = event.getThrowableProxy();
            StringBuilder text = new StringBuilder(event.getFormattedMessage());
            if (cause != null) {
                text.append(": ").append(cause.getClassName()).append(": ").append(cause.getMessage());
                for (int i = 0; i < Math.min(12, cause.getStackTraceElementProxyArray().length); i++) {
                    text.append("\n  ").append(cause.getStackTraceElementProxyArray()[i]);
                }
            }
            errors.add(text.toString());
        }
    }

    List<String> errors() {
        return errors;
    }

    void forget() {
        errors.clear();
    }

    void end() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
        stop();
    }
}
