package io.edgemc.placement.space;

import io.edgemc.placement.space.Consequences.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the model in memory to where the ledger stands. For the engine's thread only. */
final class CatchUp {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
    private static final int BATCH = 1_000;

    private final Ledger ledger;
    private final Consequences consequences;
    private final SpaceModel model;
    private final Consumer<List<Version>> advanced;

    CatchUp(Ledger ledger, Consequences consequences, SpaceModel model, Consumer<List<Version>> advanced) {
        this.ledger = ledger;
        this.consequences = consequences;
        this.model = model;
        this.advanced = advanced;
    }

    /** Builds the model anew. What the resolver now sees differently is committed at once. */
    void load() {
        while (true) {
            Result difference = read();
            if (difference.isEmpty()) {
                consequences.committed();
                break;
            }
            if (storeDifference(difference)) {
                break;
            }
        }
        model.finishLoading();
        LOG.info("the model is loaded: {} objects at position {}", model.size(), model.position());
    }

    private Result read() {
        return ledger.load(stored -> {
            model.startLoading(stored.position());
            stored.heads(model::load);
            return consequences.load(stored);
        });
    }

    /** False if another replica wrote since the model was read. */
    private boolean storeDifference(Result difference) {
        try (Ledger.Session session = ledger.begin()) {
            if (session.position() != model.position()) {
                consequences.rolledBack();
                return false;
            }
            Ledger.Commit commit = new Ledger.Commit(
                    session.position(),
                    List.of(),
                    difference.contents(),
                    difference.clusters(),
                    difference.targets(),
                    List.of(),
                    List.of(),
                    List.of());
            session.write(commit);
            session.commit();
            consequences.committed();
            model.advance(List.of(), session.position() + commit.size());
            return true;
        }
    }

    /**
     * Takes over what other replicas committed since, under the session's lock. False: the model has to be loaded anew, which
     * cannot happen inside the session.
     */
    boolean align(Ledger.Session session) {
        if (session.position() < model.position()) {
            LOG.warn(
                    "the database stands at {}, before {} that this server has seen: it was restored; loading it anew",
                    session.position(),
                    model.position());
            return false;
        }
        while (model.position() < session.position()) {
            List<Version> versions = session.versionsAfter(model.position(), BATCH);
            if (versions.isEmpty()) {
                model.advance(List.of(), session.position());
                // Targets or contents may have come: whoever follows the log has to look.
                advanced.accept(List.of());
            } else if (!follow(versions)) {
                return false;
            }
        }
        return true;
    }

    private boolean follow(List<Version> versions) {
        int from = 0;
        while (from < versions.size()) {
            long revision = versions.get(from).revision();
            List<Version> group = new ArrayList<>();
            while (from < versions.size() && versions.get(from).revision() == revision) {
                group.add(versions.get(from++));
            }
            if (!consequences.replay(group, revision)) {
                LOG.info("another replica's commit {} gives another result here, loading the model anew", revision);
                return false;
            }
            model.advance(group, group.getLast().position());
            advanced.accept(group);
        }
        return true;
    }
}
