package io.edgemc.c2p.ledger;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which objects of a cluster are served. */
public final class ServedObjects {
    private final JdbcTemplate jdbc;

    public ServedObjects(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public List<ServedKey> of(String clusterUid) {
        return jdbc.query(
                "select cluster_uid, cluster, grp, resource, namespace, name from object_version"
                        + " where cluster_uid = ? and superseded_at is null",
                (row, n) -> new ServedKey(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                clusterUid);
    }
}
