package io.edgemc.bus.spring;

import io.edgemc.bus.publish.BusUnavailableException;
import io.edgemc.bus.topic.TopicProvisioner;
import io.edgemc.bus.topic.TopicSpec;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Makes the topics when the application starts, before anything reads. While the broker is away it keeps trying beside
 * the application, which can do its other work meanwhile.
 */
final class TopicsAtStart implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TopicsAtStart.class);
    private static final int MAX_PAUSE_MILLIS = 5_000;

    private final TopicProvisioner provisioner;
    private final List<TopicSpec> specs;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    TopicsAtStart(TopicProvisioner provisioner, List<TopicSpec> specs) {
        this.provisioner = provisioner;
        this.specs = List.copyOf(specs);
    }

    @Override
    public void start() {
        CountDownLatch stop = new CountDownLatch(1);
        stopped = stop;
        if (!attempt()) {
            Thread.ofVirtual().name("topics-at-start").start(() -> keepTrying(stop));
        }
    }

    private void keepTrying(CountDownLatch stop) {
        int pause = 200;
        try {
            while (!stop.await(ThreadLocalRandom.current().nextInt(pause / 2, pause), TimeUnit.MILLISECONDS)) {
                if (attempt()) {
                    return;
                }
                pause = Math.min(pause * 2, MAX_PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt() {
        try {
            provisioner.provision(specs);
            return true;
        } catch (BusUnavailableException e) {
            log.warn("The bus cannot be used yet: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE / 2;
    }
}
