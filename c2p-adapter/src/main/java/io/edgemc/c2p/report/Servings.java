package io.edgemc.c2p.report;

import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.normalise.MalformedReportException;
import io.edgemc.c2p.normalise.ReportNormaliser;
import io.edgemc.c2p.placed.Placements;
import io.edgemc.c2p.total.Edits;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** From kept reports to counted and served ones. To be called in a ledger transaction. */
public final class Servings {
    private static final int PAGE = 200;

    private final ReportRows rows;
    private final Claims claims;
    private final NamespaceUse namespaces;
    private final Placements placements;
    private final ReportNormaliser normaliser;

    public Servings(JdbcTemplate jdbc, Placements placements, ReportNormaliser normaliser) {
        this.rows = new ReportRows(jdbc);
        this.claims = new Claims(jdbc);
        this.namespaces = new NamespaceUse(jdbc);
        this.placements = placements;
        this.normaliser = normaliser;
    }

    ReportRows rows() {
        return rows;
    }

    Round round(KnownCluster cluster, Edits edits, Changes changes) {
        return new Round(this, cluster, edits, changes);
    }

    Claims claims() {
        return claims;
    }

    NamespaceUse namespaces() {
        return namespaces;
    }

    Placements placements() {
        return placements;
    }

    ReportNormaliser normaliser() {
        return normaliser;
    }

    /**
     * Reads the kept reports of a cluster again: all of them when its name became known, else those whose meaning depends on the
     * policies that are placed there.
     */
    public void again(KnownCluster cluster, boolean onlyPlacementMatters, Edits edits, Changes changes) {
        Round round = round(cluster, edits, changes);
        long after = 0;
        List<ReportRow> page;
        do {
            page = rows.after(cluster.uid(), after, onlyPlacementMatters, PAGE);
            for (ReportRow row : page) {
                after = row.id();
                try {
                    round.again(row);
                } catch (MalformedReportException e) {
                    throw new IllegalStateException("a report that was taken cannot be read again", e);
                }
            }
        } while (page.size() == PAGE);
        round.finish();
    }

    /** Takes everything of a cluster away. */
    public void removeCluster(KnownCluster cluster, Changes changes) {
        namespaces.removeCluster(cluster, changes);
        claims.removeCluster(cluster.uid());
        rows.removeCluster(cluster.uid());
    }
}
