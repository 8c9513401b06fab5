package io.edgemc.c2p.normalise;

/**
 * Which policy. Two policies that share a bare name but not the engine or the namespace are two policies.
 *
 * @param source the engine as it calls itself in results, such as {@code kyverno}; {@code ""} if it does not say
 * @param namespace {@code ""} for a cluster-wide policy
 * @param name the bare name, never empty
 */
public record PolicyName(String source, String namespace, String name) implements Comparable<PolicyName> {
    public PolicyName {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a policy has a name");
        }
    }

    /** The policy of a result: some engines write {@code namespace/name}. */
    static PolicyName reported(String source, String policy) {
        int slash = policy.indexOf('/');
        return slash <= 0 || slash == policy.length() - 1
                ? new PolicyName(source, "", policy)
                : new PolicyName(source, policy.substring(0, slash), policy.substring(slash + 1));
    }

    /** One text for one policy. Neither a namespace nor a name holds a slash. */
    public String id() {
        return name + "/" + namespace + "/" + source;
    }

    /** Reads {@link #id()}. */
    public static PolicyName ofId(String id) {
        String[] parts = id.split("/", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not the id of a policy");
        }
        return new PolicyName(parts[2], parts[1], parts[0]);
    }

    @Override
    public int compareTo(PolicyName other) {
        return id().compareTo(other.id());
    }
}
