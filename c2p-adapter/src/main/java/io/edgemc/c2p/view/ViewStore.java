package io.edgemc.c2p.view;

import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.ObjectPage;
import io.edgemc.kube.store.ObjectQuery;
import io.edgemc.kube.store.ObjectWrite;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.store.StoredChange;
import io.edgemc.kube.store.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The versions in PostgreSQL as a store of one view. Read only. */
final class ViewStore implements KubeStore {
    private final JdbcTemplate jdbc;
    private final Scope scope;
    private final Advances advances;

    ViewStore(JdbcTemplate jdbc, Scope scope, Advances advances) {
        this.jdbc = jdbc;
        this.scope = scope;
        this.advances = advances;
    }

    @Override
    public long position() {
        return reading(() -> number("select position from change_counter"));
    }

    @Override
    public @Nullable StoredObject get(KindRef kind, String namespace, String name) {
        List<Object> arguments = new ArrayList<>(List.of(kind.group(), kind.resource(), namespace, name));
        arguments.addAll(Arrays.asList(scope.arguments()));
        String sql = "select " + StoredForm.columns("v") + " from object_version v where v.grp = ? and v.resource = ?"
                + " and v.namespace = ? and v." + scope.name() + " = ? and v.superseded_at is null and "
                + scope.condition();
        return reading(() -> jdbc.query(sql, (row, n) -> StoredForm.read(row, 1, scope), arguments.toArray()).stream()
                .findFirst()
                .orElse(null));
    }

    @Override
    public ObjectPage list(ObjectQuery query) {
        return reading(() -> {
            long snapshot = query.snapshot() == 0 ? position() : query.snapshot();
            requireKept(snapshot);
            List<Object> arguments = new ArrayList<>();
            String sql = "select " + StoredForm.columns("v") + " from object_version v where "
                    + conditions(query, snapshot, arguments) + " order by v.namespace, v." + scope.name()
                    + (query.limit() == 0 ? "" : " limit " + (query.limit() + 1));
            List<StoredObject> found = jdbc.query(sql, (row, n) -> StoredForm.read(row, 1, scope), arguments.toArray());
            boolean more = query.limit() > 0 && found.size() > query.limit();
            // How many follow is not counted: that would read them.
            return new ObjectPage(more ? found.subList(0, query.limit()) : found, snapshot, more, more ? -1 : 0);
        });
    }

    private String conditions(ObjectQuery query, long snapshot, List<Object> arguments) {
        StringBuilder sql = new StringBuilder("v.grp = ? and v.resource = ? and v.position <= ? and not v.deleted"
                + " and (v.superseded_at is null or v.superseded_at > ?) and " + scope.condition());
        arguments.addAll(List.of(query.kind().group(), query.kind().resource(), snapshot, snapshot));
        arguments.addAll(Arrays.asList(scope.arguments()));
        if (query.namespace() != null) {
            sql.append(" and v.namespace = ?");
            arguments.add(query.namespace());
        }
        ObjectQuery.After after = query.after();
        if (after != null) {
            sql.append(" and (v.namespace, v.").append(scope.name()).append(") > (?, ?)");
            arguments.add(after.namespace());
            arguments.add(after.name());
        }
        return sql.toString();
    }

    @Override
    public List<StoredChange> changesAfter(long position, int max) {
        List<Object> arguments = new ArrayList<>(List.of(position));
        arguments.addAll(Arrays.asList(scope.arguments()));
        arguments.add(max);
        String sql = "select v.deleted, p.position is not null, " + StoredForm.columns("v") + ", "
                + StoredForm.columns("p")
                + " from object_version v left join object_version p on p.superseded_at = v.position and"
                + " p.position <> v.position where v.position > ? and " + scope.condition()
                + " order by v.position limit ?";
        return reading(() -> {
            // Read first: what is forgotten meanwhile is then missed here, and told below.
            List<StoredChange> changes = jdbc.query(sql, (row, n) -> change(row), arguments.toArray());
            requireKept(position);
            return changes;
        });
    }

    private StoredChange change(ResultSet row) throws SQLException {
        StoredObject version = StoredForm.read(row, 3, scope);
        StoredObject previous = row.getBoolean(2) ? StoredForm.read(row, 10, scope) : null;
        if (row.getBoolean(1)) {
            return new StoredChange(version.resourceVersion(), previous == null ? version : previous, null);
        }
        return new StoredChange(version.resourceVersion(), previous, version);
    }

    private void requireKept(long position) {
        if (position < number("select position from view_horizon")) {
            throw new StoreException.Expired("position " + position + " is no longer kept");
        }
    }

    @Override
    public AutoCloseable onAdvance(LongConsumer listener) {
        return advances.listen(listener);
    }

    @Override
    public CompletableFuture<StoredObject> commit(ObjectWrite write, Actor actor) {
        return CompletableFuture.failedFuture(new StoreException.Invalid("metadata", "this view cannot be written"));
    }

    private long number(String sql) {
        return Objects.requireNonNull(jdbc.queryForObject(sql, Long.class));
    }

    private static <T extends @Nullable Object> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataAccessException e) {
            throw new StoreException.Unavailable("the compliance view cannot be read now; try again", e);
        }
    }
}
