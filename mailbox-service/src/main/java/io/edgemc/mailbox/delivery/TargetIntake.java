package io.edgemc.mailbox.delivery;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.target.Target;
import io.edgemc.bus.consume.Batch;
import io.edgemc.bus.consume.BatchHandler;
import io.edgemc.bus.consume.ReceivedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * Takes targets over from the bus, and again those that waited when what they waited for is here. A target and its contents are
 * sent together and come by two consumers: the target waits for a moment before it is parked, which costs transactions.
 */
public final class TargetIntake implements BatchHandler {
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final Targets targets;
    private final Duration moment;
    private final Arrivals arrivals = new Arrivals();

    public TargetIntake(Targets targets) {
        this(targets, MOMENT);
    }

    /** @param moment how long targets that came together wait for contents before they are parked */
    TargetIntake(Targets targets, Duration moment) {
        this.targets = targets;
        this.moment = moment;
    }

    @Override
    public void handle(Batch batch) {
        Map<String, Target> latest = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        for (ReceivedEvent event : batch.events()) {
            if (event.event().isTombstone()) {
                latest.remove(event.key());
                gone.add(event.key());
                continue;
            }
            try {
                Target target = ApiJson.MAPPER.readValue(event.event().requireData(), Target.class);
                if (!target.clusterUid().equals(event.key())) {
                    throw new IllegalArgumentException("the key names another cluster than the target");
                }
                gone.remove(event.key());
                latest.put(event.key(), target);
            } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
                batch.reject(event, "not a target: " + e.getClass().getSimpleName());
            }
        }
        targets.forgetParked(gone);
        awaitContents(latest.values());
        accept(latest.values());
    }

    /** Mailboxes are here that targets may wait for. */
    public void mailboxesArrived(Collection<String> clusterUids) {
        accept(targets.waitingForMailbox(clusterUids));
    }

    /** Contents are here that targets may wait for. */
    public void contentsArrived(Set<Digest> digests) {
        arrivals.arrived();
        accept(targets.waitingFor(digests));
    }

    /** Looks again at everything that waits, for wake-ups that were lost with the process. */
    public void retryParked() {
        accept(targets.allParked());
    }

    /** Whether targets wait for contents now, in memory. */
    boolean isWaiting() {
        return arrivals.isAwaited();
    }

    private void awaitContents(Collection<Target> offered) {
        long deadline = System.nanoTime() + moment.toNanos();
        boolean again = true;
        while (again) {
            long seen = arrivals.count();
            again = !targets.areComplete(offered) && arrivals.await(seen, deadline);
        }
    }

    private void accept(Collection<Target> offered) {
        Collection<Target> waiting = offered;
        while (!waiting.isEmpty()) {
            // What was parked is looked at once more: its content may have come between the look and the commit.
            Map<String, Digest> parked = targets.accept(waiting);
            Set<Digest> missing = Set.copyOf(parked.values());
            waiting = targets.nowHere(missing).isEmpty() ? List.of() : targets.waitingFor(targets.nowHere(missing));
        }
    }
}
