package io.edgemc.placement.resolve.select;

/**
 * How a cluster's syncer treats what it finds at the edge. It has one such rule for all objects, so of the placements that select
 * the cluster the strictest counts, each with its default if it names none.
 */
public record EdgePolicies(AdoptionPolicy adoption, DriftPolicy drift) {
    public static final EdgePolicies DEFAULT = new EdgePolicies(AdoptionPolicy.IfSame, DriftPolicy.Correct);

    static EdgePolicies read(FieldReader spec) {
        return new EdgePolicies(
                spec.choice("adoptionPolicy", AdoptionPolicy.class, DEFAULT.adoption()),
                spec.choice("driftPolicy", DriftPolicy.class, DEFAULT.drift()));
    }

    /** The stricter of each. */
    public EdgePolicies and(EdgePolicies other) {
        return new EdgePolicies(
                adoption.compareTo(other.adoption) >= 0 ? adoption : other.adoption,
                drift.compareTo(other.drift) >= 0 ? drift : other.drift);
    }
}
