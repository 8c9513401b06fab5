package io.edgemc.kube.view;

/**
 * How much one view does at a time, so that its clients cannot use up the service for those of others.
 *
 * @param watches open at a time
 * @param requests others at a time, until their answers are written
 */
public record ViewLimits(int watches, int requests) {
    /** For views of the hub's own. */
    public static final ViewLimits NONE = new ViewLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

    public ViewLimits {
        if (watches < 1 || requests < 1) {
            throw new IllegalArgumentException("every limit of a view is at least 1");
        }
    }
}
