package io.edgemc.placement.resolve.customize;

import io.edgemc.placement.resolve.ClusterFacts;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a cluster: its properties, then labels, then annotations, then the built-in {@code clusterName}. Notes which
 * names were read, for a change of the others does not matter to what was rendered.
 */
public final class Parameters {
    private static final String CLUSTER_NAME = "clusterName";

    private final ClusterFacts cluster;
    private final boolean secret;
    private final Set<String> read = new TreeSet<>();

    /** @param secret the names come out of an object that is secret, so no error may repeat one */
    public Parameters(ClusterFacts cluster, boolean secret) {
        this.cluster = cluster;
        this.secret = secret;
    }

    /** The value of a parameter, without noting that it was read. */
    public static @Nullable String value(ClusterFacts cluster, String name) {
        String value = cluster.properties().get(name);
        if (value == null) {
            value = cluster.labels().get(name);
        }
        if (value == null) {
            value = cluster.annotations().get(name);
        }
        return value == null && name.equals(CLUSTER_NAME) ? cluster.name() : value;
    }

    /** The value of a parameter; unknown is an error at the given field. */
    String require(String name, String field) throws RenderException {
        read.add(name);
        String value = value(cluster, name);
        if (value == null) {
            String named = secret ? "of the name given there (withheld, the object is secret)" : "\"" + name + "\"";
            throw new RenderException(field, "the cluster has no parameter " + named);
        }
        return value;
    }

    /** The names that were asked for so far, found or not. */
    public Set<String> read() {
        return Set.copyOf(read);
    }
}
