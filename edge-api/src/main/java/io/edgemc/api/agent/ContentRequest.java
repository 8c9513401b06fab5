package io.edgemc.api.agent;

import io.edgemc.api.content.Digest;
import java.util.List;

/**
 * Asks for contents of the own mailbox by digest.
 *
 * @param digests at most 1 000
 */
public record ContentRequest(List<Digest> digests) {
    public ContentRequest {
        digests = List.copyOf(digests);
    }
}
