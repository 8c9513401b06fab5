package io.edgemc.c2p.rest;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.c2p.normalise.PolicyName;
import io.edgemc.c2p.placed.AdmissionPolicies;
import io.edgemc.c2p.placed.PolicyKinds;
import io.edgemc.c2p.state.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Says why policies and clusters are unknown, by one example each. */
@Component
final class Unknowns {
    /** Of a hundred at most the worst: never heard, then silent for long, then heard. */
    private static final String EXAMPLE = """
            select wanted, worst.* from unnest(?::text[]) as wanted cross join lateral (
              select c.uid, c.name, c.delivered_at, c.is_current, s.policy_id from (
                select * from policy_state where %s = wanted and placed and state = %d limit 100
              ) s join cluster c on c.uid = s.cluster_uid where c.name is not null
              order by c.is_current, c.delivered_at nulls first, s.policy_id limit 1
            ) worst""";

    private final JdbcTemplate jdbc;

    Unknowns(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By id of the policy; one that is unknown nowhere is not in it. */
    Map<String, UnknownReason> ofPolicies(Collection<String> ids) {
        return find("policy_id", ids);
    }

    /** By uid of the cluster; one where nothing is unknown is not in it. */
    Map<String, UnknownReason> ofClusters(Collection<String> uids) {
        return find("cluster_uid", uids);
    }

    private Map<String, UnknownReason> find(String column, Collection<String> wanted) {
        Map<String, UnknownReason> reasons = new HashMap<>();
        jdbc.query(
                EXAMPLE.formatted(column, State.UNKNOWN.ordinal()),
                row -> {
                    reasons.put(row.getString(1), reason(row));
                },
                (Object) wanted.toArray(String[]::new));
        return reasons;
    }

    private UnknownReason reason(ResultSet row) throws SQLException {
        String cluster = row.getString(3);
        Timestamp delivered = row.getTimestamp(4);
        if (delivered == null) {
            return UnknownReason.neverReported(cluster);
        }
        if (!row.getBoolean(5)) {
            return UnknownReason.silent(cluster, delivered.toInstant().toString());
        }
        PolicyName policy = PolicyName.ofId(row.getString(6));
        return generatesAdmissionPolicy(row.getString(2), policy)
                ? UnknownReason.generatesAdmissionPolicy(cluster, policy.name())
                : UnknownReason.noResult(cluster, policy.name());
    }

    private boolean generatesAdmissionPolicy(String clusterUid, PolicyName policy) {
        return jdbc.query(
                        "select p.object_key, c.body from placed_policy p join content c on c.digest = p.content"
                                + " where p.cluster_uid = ? and p.object_key like '%/' || ?",
                        (row, n) -> policy.equals(PolicyKinds.policy(ObjectKey.parse(row.getString(1))))
                                && AdmissionPolicies.generates(CanonicalJson.parseObject(row.getBytes(2))),
                        clusterUid,
                        policy.namespace() + "/" + policy.name())
                .contains(true);
    }
}
