package io.edgemc.c2p.view;

import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.kind.KindCatalog;
import io.edgemc.kube.servlet.KubeServlet.Mounted;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewSettings;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The views by path: {@code /c2p}, {@code /c2p/clusters/*} and {@code /c2p/clusters/<name>}. Thread-safe. */
final class ComplianceViews implements AutoCloseable {
    private static final String ROOT = "/c2p";
    private static final String CLUSTERS = ROOT + "/clusters/";
    /** Views of single clusters that are kept open while nobody watches. */
    private static final int KEPT = 64;

    private final JdbcTemplate jdbc;
    private final Advances advances;
    private final KindCatalog catalog = KindCatalog.fixed(ComplianceKinds.all());
    private final Clock clock;
    private final KubeView merged;
    private final Map<String, KubeView> ofClusters = new LinkedHashMap<>(16, 0.75f, true);
    private boolean watchesEnded;

    ComplianceViews(JdbcTemplate jdbc, Advances advances, Clock clock) {
        this.jdbc = jdbc;
        this.advances = advances;
        this.clock = clock;
        this.merged = view(Scope.MERGED);
    }

    /** The view of a request's path, which is not decoded; null if there is none. */
    @Nullable
    Mounted find(String path) {
        if (!path.startsWith(CLUSTERS)) {
            return new Mounted(merged, ROOT);
        }
        int end = path.indexOf('/', CLUSTERS.length());
        String name = path.substring(CLUSTERS.length(), end < 0 ? path.length() : end);
        String prefix = CLUSTERS + name;
        if (name.equals("*") || name.equalsIgnoreCase("%2A")) {
            return new Mounted(merged, prefix);
        }
        KubeView view = ofCluster(name);
        return view == null ? null : new Mounted(view, prefix);
    }

    private synchronized @Nullable KubeView ofCluster(String name) {
        KubeView known = ofClusters.get(name);
        if (!exists(name)) {
            if (known != null) {
                ofClusters.remove(name);
                known.close();
            }
            return null;
        }
        if (known == null) {
            known = view(new Scope(name));
            ofClusters.put(name, known);
            closeIdle(name);
            if (watchesEnded) {
                known.close();
            }
        }
        return known;
    }

    private void closeIdle(String exceptFor) {
        Iterator<Map.Entry<String, KubeView>> eldest = ofClusters.entrySet().iterator();
        while (ofClusters.size() > KEPT && eldest.hasNext()) {
            Map.Entry<String, KubeView> entry = eldest.next();
            if (!entry.getKey().equals(exceptFor) && entry.getValue().watchers() == 0) {
                eldest.remove();
                entry.getValue().close();
            }
        }
    }

    private boolean exists(String name) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select 1 from cluster where name = ?)", Boolean.class, name));
    }

    private KubeView view(Scope scope) {
        return new KubeView(ViewSettings.of(new ViewStore(jdbc, scope, advances), catalog)
                .withRules(ViewRules.READ_ONLY)
                .withReviewer(new Reviewer())
                .withClock(clock));
    }

    /** Ends all watches, and those that come after at once; reads go on. */
    synchronized void endWatches() {
        watchesEnded = true;
        ofClusters.values().forEach(KubeView::close);
        merged.close();
    }

    @Override
    public synchronized void close() {
        endWatches();
        ofClusters.clear();
    }
}
