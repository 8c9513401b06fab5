package io.edgemc.kube.store;

import java.util.Map;

/**
 * An object as it rests in a store. The body is its JSON without {@code metadata.resourceVersion}, beginning with
 * {@code apiVersion}, {@code kind}, {@code metadata}, so that the version, which is known only at commit, is spliced in
 * without parsing. Made by {@link ObjectBody}.
 *
 * @param kind group and plural
 * @param namespace {@code ""} for cluster-scoped objects
 * @param name metadata.name
 * @param uid metadata.uid
 * @param resourceVersion position of the commit that wrote it
 * @param labels metadata.labels, so that selectors need no parsing
 * @param body UTF-8 JSON; must not be changed
 * @param splice offset in {@code body} just behind the opening brace of {@code metadata}
 */
public record StoredObject(
        KindRef kind,
        String namespace,
        String name,
        String uid,
        long resourceVersion,
        Map<String, String> labels,
        byte[] body,
        int splice) {}
