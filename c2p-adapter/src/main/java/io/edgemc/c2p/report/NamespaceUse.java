package io.edgemc.c2p.report;

import io.edgemc.c2p.cluster.KnownCluster;
import io.edgemc.c2p.ledger.Changes;
import io.edgemc.c2p.ledger.ServedKey;
import io.edgemc.c2p.normalise.MergedForm;
import io.edgemc.c2p.normalise.NameUuid;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Serves the namespaces that hold reports: of each cluster, and in the merged view those of all. */
final class NamespaceUse {
    private final JdbcTemplate jdbc;

    NamespaceUse(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A report is there, or is not. Saying so again changes nothing. */
    void used(KnownCluster cluster, String namespace, String report, boolean there, Changes changes) {
        if (namespace.isEmpty()) {
            return;
        }
        int moved = there
                ? jdbc.update(
                        "insert into namespace_use (cluster_uid, namespace, report) values (?, ?, ?)"
                                + " on conflict do nothing",
                        cluster.uid(),
                        namespace,
                        report)
                : jdbc.update(
                        "delete from namespace_use where cluster_uid = ? and namespace = ? and report = ?",
                        cluster.uid(),
                        namespace,
                        report);
        if (moved > 0) {
            show(cluster, namespace, changes);
        }
    }

    void removeCluster(KnownCluster cluster, Changes changes) {
        List<String> namespaces = jdbc.query(
                "select distinct namespace from namespace_use where cluster_uid = ?",
                (row, n) -> row.getString(1),
                cluster.uid());
        jdbc.update("delete from namespace_use where cluster_uid = ?", cluster.uid());
        namespaces.forEach(namespace -> show(cluster, namespace, changes));
    }

    private void show(KnownCluster cluster, String namespace, Changes changes) {
        String name = Objects.requireNonNull(cluster.name());
        ServedKey own = new ServedKey(cluster.uid(), name, "", "namespaces", "", namespace);
        put(own, exists("cluster_uid = ? and namespace = ?", cluster.uid(), namespace), name, changes);
        ServedKey merged = new ServedKey("", "", "", "namespaces", "", namespace);
        put(merged, exists("namespace = ?", namespace), null, changes);
    }

    private static void put(ServedKey key, boolean there, @Nullable String cluster, Changes changes) {
        if (there) {
            changes.serve(key, namespace(key.name(), cluster));
        } else {
            changes.withdraw(key);
        }
    }

    private boolean exists(String condition, Object... arguments) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select 1 from namespace_use where " + condition + ")", Boolean.class, arguments));
    }

    private static ObjectNode namespace(String name, @Nullable String cluster) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        metadata.put("uid", NameUuid.of(cluster == null ? "" : cluster, "namespaces", name));
        ObjectNode labels = metadata.putObject("labels").put("kubernetes.io/metadata.name", name);
        if (cluster != null) {
            labels.put(MergedForm.CLUSTER_LABEL, cluster);
        }
        object.putObject("status").put("phase", "Active");
        return object;
    }
}
