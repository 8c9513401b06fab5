package io.edgemc.syncer.session;

import io.edgemc.api.object.ObjectKey;
import java.util.Set;

/** Hears what a delivery asks. */
public interface TargetListener {
    /**
     * @param changed objects to work on
     * @param released objects that nothing is known of any more
     */
    void accepted(Set<ObjectKey> changed, Set<ObjectKey> released) throws InterruptedException;
}
