package io.edgemc.mailbox.view;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.edgemc.api.content.KeyRing;
import io.edgemc.kube.api.ViewRules;
import io.edgemc.kube.servlet.KubeServlet;
import io.edgemc.kube.view.KubeView;
import io.edgemc.kube.view.ViewSettings;
import io.edgemc.mailbox.content.ContentStore;
import io.edgemc.mailbox.content.SeenKinds;
import io.edgemc.mailbox.delivery.Differences;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The views below {@code /clusters}: one per cluster, by name, and one of all. Made when asked for, given up when idle. */
public final class MailboxViews implements AutoCloseable {
    private static final String PREFIX = "/clusters/";
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int MOST = 1_000;

    private final MailboxIndex index;
    private final DesiredObjects desired;
    private final ReportedRows reported;
    private final MailboxChanges changes;
    private final MailboxKinds kinds;
    private final ViewSignal signal;
    private final Cache<ViewScope, KubeView> views = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(IDLE)
            .evictionListener(MailboxViews::givenUp)
            .build();

    private volatile boolean watchesEnded;

    public MailboxViews(
            JdbcTemplate jdbc,
            MailboxIndex index,
            Differences differences,
            ContentStore contents,
            SeenKinds seen,
            KeyRing keys,
            ViewSignal signal) {
        this.index = index;
        this.desired = new DesiredObjects(differences, contents, keys);
        this.reported = new ReportedRows(jdbc, keys);
        this.changes = new MailboxChanges(jdbc, index, differences, desired, reported);
        this.kinds = new MailboxKinds(seen);
        this.signal = signal;
    }

    /** The view that a request's path names, or null. */
    public KubeServlet.@Nullable Mounted find(String uri) {
        if (!uri.startsWith(PREFIX)) {
            return null;
        }
        int end = uri.indexOf('/', PREFIX.length());
        String name = uri.substring(PREFIX.length(), end < 0 ? uri.length() : end);
        ViewScope scope = scope(name);
        if (scope == null) {
            return null;
        }
        kinds.refresh();
        KubeView view = views.get(scope, this::view);
        if (watchesEnded) {
            view.close();
        }
        return new KubeServlet.Mounted(view, PREFIX + name);
    }

    private @Nullable ViewScope scope(String name) {
        if (name.equals("*") || name.equalsIgnoreCase("%2a")) {
            return new ViewScope.All();
        }
        Optional<MailboxHead> head = index.byName(name);
        return head.map(found -> new ViewScope.One(found.clusterUid())).orElse(null);
    }

    private KubeView view(ViewScope scope) {
        MailboxStore store = new MailboxStore(scope, index, desired, reported, changes, signal);
        return new KubeView(ViewSettings.of(store, kinds.catalog()).withRules(ViewRules.READ_ONLY));
    }

    private static void givenUp(@Nullable ViewScope scope, @Nullable KubeView view, RemovalCause cause) {
        if (view != null) {
            view.close();
        }
    }

    /** Ends all watches, and those that come after at once; reads go on. */
    public void endWatches() {
        watchesEnded = true;
        views.asMap().values().forEach(KubeView::close);
    }

    @Override
    public void close() {
        endWatches();
    }
}
