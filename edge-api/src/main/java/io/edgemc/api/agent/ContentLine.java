package io.edgemc.api.agent;

import io.edgemc.api.content.Digest;
import tools.jackson.databind.node.ObjectNode;

/**
 * One content of the answer, in the order asked.
 */
public record ContentLine(Digest digest, ObjectNode object) {}
