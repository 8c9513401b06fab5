package io.edgemc.gateway.request;

import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Area;
import java.util.List;
import java.util.Optional;

/** The map of the hub: which paths belong to which area and which service. Everything else does not exist. */
public final class Addresses {
    private Addresses() {}

    /**
     * What a request is about.
     *
     * @param watch whether it asks for a stream of changes
     * @return empty when the path belongs to nothing or the method means nothing
     */
    public static Optional<Addressed> find(String method, RequestPath path, boolean watch) {
        List<String> all = path.segments();
        if (all.isEmpty() || Verbs.of(method).isEmpty()) {
            return Optional.empty();
        }
        return switch (all.getFirst()) {
            case "spaces" ->
                all.size() < 2
                        ? Optional.empty()
                        : kubernetes(new Area.Space(all.get(1)), Service.PLACEMENT, method, from(all, 2), watch);
            case "inventory" -> kubernetes(new Area.Inventory(), Service.PLACEMENT, method, from(all, 1), watch);
            case "system" -> kubernetes(new Area.Platform(), Service.PLACEMENT, method, from(all, 1), watch);
            case "clusters" ->
                all.size() < 2
                        ? Optional.empty()
                        : kubernetes(new Area.Clusters(), Service.MAILBOX, method, from(all, 2), watch);
            case "c2p" -> compliance(method, from(all, 1), watch);
            case "summaries" -> json(new Area.Summaries(), Service.SUMMARIZER, method, from(all, 1));
            case "api" -> all.size() > 2 && all.get(1).equals("v1") ? api(method, from(all, 2)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Addressed> compliance(String method, List<String> rest, boolean watch) {
        Area area = new Area.Compliance();
        if (!rest.isEmpty() && rest.getFirst().equals("v1")) {
            return json(area, Service.C2P, method, rest);
        }
        boolean ofCluster = rest.size() > 1 && rest.getFirst().equals("clusters");
        return kubernetes(area, Service.C2P, method, ofCluster ? from(rest, 2) : rest, watch);
    }

    /** Below {@code /api/v1}. */
    private static Optional<Addressed> api(String method, List<String> rest) {
        return switch (rest.getFirst()) {
            case "clusters" -> json(new Area.Enrolment(), clusterService(rest), method, rest);
            case "summaries" -> json(new Area.Summaries(), Service.SUMMARIZER, method, rest);
            case "spaces" ->
                rest.size() < 2
                        ? Optional.empty()
                        : json(new Area.Space(rest.get(1)), Service.PLACEMENT, method, from(rest, 2));
            default -> json(new Area.Api(), Service.PLACEMENT, method, rest);
        };
    }

    private static Service clusterService(List<String> rest) {
        boolean credentials =
                rest.size() == 3 && (rest.get(2).equals("tokens") || rest.get(2).equals("revoke"));
        return credentials ? Service.MAILBOX : Service.PLACEMENT;
    }

    private static Optional<Addressed> kubernetes(
            Area area, Service service, String method, List<String> rest, boolean watch) {
        return Optional.of(new Addressed(area, KubernetesPath.action(method, rest, watch), service, true));
    }

    private static Optional<Addressed> json(Area area, Service service, String method, List<String> rest) {
        String verb = Verbs.of(method).orElseThrow();
        return Optional.of(new Addressed(area, new OnPath(verb, "/" + String.join("/", rest)), service, false));
    }

    private static List<String> from(List<String> segments, int index) {
        return segments.subList(index, segments.size());
    }
}
