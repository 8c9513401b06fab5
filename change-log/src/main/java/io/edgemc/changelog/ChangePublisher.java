package io.edgemc.changelog;

import java.util.List;

/** Takes rows away. */
@FunctionalInterface
public interface ChangePublisher<R> {
    /**
     * Returns when the other side has every row durably; a row may come again after a failure or a crash, never an older
     * state after a newer one.
     *
     * @throws Exception the whole batch is offered again, with a jittered delay
     */
    void publish(List<R> rows) throws Exception;
}
