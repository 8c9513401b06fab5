package io.edgemc.syncer.watch;

import io.edgemc.syncer.kube.Discovery;
import io.edgemc.syncer.kube.Follower;
import io.edgemc.syncer.kube.GroupResource;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.kube.ObjectSink;
import io.edgemc.syncer.kube.ResourceType;
import io.edgemc.syncer.life.KeptRunning;
import io.edgemc.syncer.life.Signal;
import io.edgemc.syncer.life.StopSignal;
import io.edgemc.syncer.log.LogKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the knowledge of served kinds fresh: custom resource definitions are watched (their metadata only, they are large), and
 * when one comes, changes or goes, discovery is asked again. A slow look now and then finds what comes otherwise, such as an
 * aggregated API.
 */
public final class KindLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(KindLoop.class);
    private static final Duration SLOW_LOOK = Duration.ofMinutes(5);
    private static final Duration GATHER = Duration.ofMillis(150);
    /** A new definition is served a little later than it is established. */
    private static final int LOOKS = 4;

    private final KubeClient kube;
    private final Discovery discovery;
    private final Runnable changed;
    private final ThreadFactory threads;
    private final StopSignal stop;
    private final Signal doubt = new Signal();

    /** @param changed called when the API server serves other kinds than before */
    public KindLoop(KubeClient kube, Discovery discovery, Runnable changed, ThreadFactory threads, StopSignal stop) {
        this.kube = kube;
        this.discovery = discovery;
        this.changed = changed;
        this.threads = threads;
        this.stop = stop;
    }

    /** The API server may serve other kinds now. */
    public void doubt() {
        doubt.raise();
    }

    @Override
    public void run() {
        ResourceType definitions = new ResourceType(
                GroupResource.CUSTOM_RESOURCE_DEFINITIONS.group(),
                "v1",
                GroupResource.CUSTOM_RESOURCE_DEFINITIONS.resource(),
                "CustomResourceDefinition",
                false,
                Set.of("list", "watch"));
        RandomGenerator random = RandomGenerator.getDefault();
        Thread watch = threads.newThread(new KeptRunning(
                "watch of definitions",
                new Follower(kube, definitions, true, new DoubtRaiser(), random, stop),
                random,
                stop));
        watch.start();
        try {
            lookWhenInDoubt();
        } finally {
            watch.interrupt();
        }
    }

    private void lookWhenInDoubt() {
        while (!stop.isStopped()) {
            try {
                doubt.await(SLOW_LOOK);
                for (int look = 0; look < LOOKS && !stop.await(GATHER.multipliedBy(look + 1L)); look++) {
                    if (discovery.refresh()) {
                        changed.run();
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                log.atWarn().addKeyValue(LogKeys.REASON, e.toString()).log("discovery failed; trying again");
                stop.await(Duration.ofSeconds(5));
                doubt.raise();
            } catch (RuntimeException e) {
                doubt.raise();
                throw e;
            }
        }
    }

    private final class DoubtRaiser implements ObjectSink {
        private boolean listing;

        @Override
        public boolean wants(String namespace, String name) {
            return true;
        }

        @Override
        public void listBegins() {
            listing = true;
        }

        @Override
        public void present(ObjectNode object) {
            if (!listing) {
                doubt();
            }
        }

        @Override
        public void listEnds(String resourceVersion) {
            listing = false;
            doubt();
        }

        @Override
        public void gone(ObjectNode object) {
            doubt();
        }

        @Override
        public void failed(Exception cause) {
            log.atDebug().setCause(cause).log("definitions cannot be watched now");
        }
    }
}
