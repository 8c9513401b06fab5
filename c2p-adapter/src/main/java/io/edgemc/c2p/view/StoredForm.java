package io.edgemc.c2p.view;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.c2p.normalise.MergedForm;
import io.edgemc.kube.store.KindRef;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.databind.node.ObjectNode;

/** Rows as objects of a view. */
final class StoredForm {
    /** Columns that {@link #read} wants, of table {@code alias}. */
    static String columns(String alias) {
        return String.join(
                ", ",
                java.util.stream.Stream.of("position", "cluster_uid", "cluster", "grp", "resource", "namespace", "body")
                        .map(column -> alias + "." + column)
                        .toList());
    }

    private StoredForm() {}

    /** Reads from a column on. */
    static StoredObject read(ResultSet row, int first, Scope scope) throws SQLException {
        ObjectNode object = CanonicalJson.parseObject(row.getBytes(first + 6));
        boolean mergedOnly = row.getString(first + 1).isEmpty();
        if (scope.cluster() == null && !mergedOnly) {
            MergedForm.apply(object, row.getString(first + 2));
        }
        ObjectBody body = ObjectBody.of(object);
        return new StoredObject(
                new KindRef(row.getString(first + 3), row.getString(first + 4)),
                row.getString(first + 5),
                object.path("metadata").path("name").asString(""),
                object.path("metadata").path("uid").asString(""),
                row.getLong(first),
                ObjectBody.labelsOf(object),
                body.bytes(),
                body.splice());
    }
}
