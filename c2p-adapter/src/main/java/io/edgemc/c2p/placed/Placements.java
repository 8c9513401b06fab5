package io.edgemc.c2p.placed;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.c2p.normalise.PlacedPolicies;
import io.edgemc.c2p.normalise.PolicyName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of policies that are placed on clusters. */
public final class Placements {
    private final JdbcTemplate jdbc;

    public Placements(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The policies at a cluster, for the meaning of its reports. */
    public PlacedPolicies at(String clusterUid) {
        Set<PolicyName> names = new HashSet<>();
        all(clusterUid).keySet().forEach(key -> names.add(Objects.requireNonNull(PolicyKinds.policy(key))));
        return new PlacedPolicies(names);
    }

    /** The policies at a cluster and what they say. */
    public Map<ObjectKey, Digest> all(String clusterUid) {
        Map<ObjectKey, Digest> placed = new HashMap<>();
        jdbc.query(
                "select object_key, content from placed_policy where cluster_uid = ?",
                row -> {
                    placed.put(ObjectKey.parse(row.getString(1)), Digest.of(row.getBytes(2)));
                },
                clusterUid);
        return placed;
    }

    public void change(String clusterUid, PolicyChange change) {
        Digest content = change.content();
        if (content == null) {
            jdbc.update(
                    "delete from placed_policy where cluster_uid = ? and object_key = ?",
                    clusterUid,
                    change.key().text());
        } else {
            jdbc.update(
                    "insert into placed_policy (cluster_uid, object_key, content) values (?, ?, ?)"
                            + " on conflict (cluster_uid, object_key) do update set content = excluded.content",
                    clusterUid,
                    change.key().text(),
                    content.bytes());
        }
    }

    public void removeCluster(String clusterUid) {
        jdbc.update("delete from placed_policy where cluster_uid = ?", clusterUid);
    }
}
