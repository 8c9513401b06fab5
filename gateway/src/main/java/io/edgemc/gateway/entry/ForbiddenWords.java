package io.edgemc.gateway.entry;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import io.edgemc.door.access.Area;
import io.edgemc.gateway.answer.Failure;
import io.edgemc.gateway.answer.Failure.Subject;
import io.edgemc.gateway.identity.Principal;

/** Says who may not do what, in the words of Kubernetes. */
final class ForbiddenWords {
    private ForbiddenWords() {}

    static Failure failure(Principal principal, Area area, Action action) {
        return switch (action) {
            case OnResource on ->
                Failure.forbidden(words(principal, area, on), new Subject(on.group(), on.resource(), on.name()));
            case OnPath on ->
                Failure.forbidden(
                        "forbidden: User \"" + principal.name() + "\" cannot " + on.verb() + " path \"" + on.path()
                                + "\" in " + area.described(),
                        null);
        };
    }

    private static String words(Principal principal, Area area, OnResource on) {
        String resource = on.group().isEmpty() ? on.resource() : on.resource() + "." + on.group();
        String asked = on.subresource() == null ? on.resource() : on.resource() + "/" + on.subresource();
        String scope = on.namespace() == null ? "at the cluster scope" : "in the namespace \"" + on.namespace() + "\"";
        return resource + (on.name() == null ? "" : " \"" + on.name() + "\"") + " is forbidden: User \""
                + principal.name() + "\" cannot " + on.verb() + " resource \"" + asked + "\" in API group \""
                + on.group() + "\" " + scope + " of " + area.described();
    }
}
