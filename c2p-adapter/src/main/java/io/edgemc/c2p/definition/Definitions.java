package io.edgemc.c2p.definition;

import io.edgemc.api.content.Digest;
import io.edgemc.c2p.ledger.Ledger;
import io.edgemc.c2p.oscal.ControlMap;
import io.edgemc.c2p.total.Totals;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of component definitions, and of what they say of controls. */
public final class Definitions {
    private final JdbcTemplate jdbc;
    private final Ledger ledger;
    private final Totals totals;
    private final Clock clock;

    public Definitions(JdbcTemplate jdbc, Ledger ledger, Totals totals, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.totals = totals;
        this.clock = clock;
    }

    /** What a put did. */
    public enum Put {
        CREATED,
        REPLACED,
        UNCHANGED
    }

    /** Keeps a definition and counts its controls. */
    public Put put(String id, byte[] document, ControlMap controls) {
        Digest digest = Digest.sha256(document);
        Put[] put = {Put.UNCHANGED};
        ledger.run(changes -> {
            Optional<Digest> before = digest(id);
            if (before.equals(Optional.of(digest))) {
                return;
            }
            put[0] = before.isPresent() ? Put.REPLACED : Put.CREATED;
            jdbc.update("delete from component_definition where id = ?", id);
            jdbc.update(
                    "insert into component_definition (id, digest, body, updated_at) values (?, ?, ?, ?)",
                    id,
                    digest.bytes(),
                    document,
                    Timestamp.from(clock.instant()));
            List<Object[]> checks = new ArrayList<>();
            List<Object[]> rows = new ArrayList<>();
            controls.checks().forEach((control, policies) -> {
                rows.add(new Object[] {id, control});
                policies.forEach(policy -> checks.add(new Object[] {id, control, policy}));
            });
            jdbc.batchUpdate("insert into control (definition, control) values (?, ?)", rows);
            jdbc.batchUpdate("insert into control_check (definition, control, policy_name) values (?, ?, ?)", checks);
            totals.recountControls();
        });
        return put[0];
    }

    /** The document as it was put. */
    public Optional<byte[]> document(String id) {
        return jdbc
                .query("select body from component_definition where id = ?", (row, n) -> row.getBytes(1), id)
                .stream()
                .findFirst();
    }

    /** Controls of all definitions after one of them, each with the policies that check it. */
    public Map<String, SortedSet<String>> controls(String after, int limit) {
        Map<String, SortedSet<String>> controls = new LinkedHashMap<>();
        jdbc.query(
                "select c.control, k.policy_name from (select distinct control from control where control > ?"
                        + " order by control limit ?) as c left join (select distinct control, policy_name"
                        + " from control_check) as k using (control) order by c.control, k.policy_name",
                row -> {
                    SortedSet<String> policies = controls.computeIfAbsent(row.getString(1), any -> new TreeSet<>());
                    String policy = row.getString(2);
                    if (policy != null) {
                        policies.add(policy);
                    }
                },
                after,
                limit);
        return controls;
    }

    private Optional<Digest> digest(String id) {
        return jdbc
                .query(
                        "select digest from component_definition where id = ?",
                        (row, n) -> Digest.of(row.getBytes(1)),
                        id)
                .stream()
                .findFirst();
    }
}
