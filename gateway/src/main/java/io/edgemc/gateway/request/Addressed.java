package io.edgemc.gateway.request;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;

/**
 * What a request is about.
 *
 * @param service that answers it
 * @param kubernetes whether the client expects Kubernetes' conventions, errors included
 */
public record Addressed(Area area, Action action, Service service, boolean kubernetes) {}
