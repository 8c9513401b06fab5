package io.edgemc.kube.api;

import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as they go over the wire in one version of a kind: spliced together from resting bytes, never parsed. */
public final class WireForm {
    private final byte[] head;

    public WireForm(Target target) {
        head = ("{\"apiVersion\":" + quoted(target.apiVersion()) + ",\"kind\":"
                        + quoted(target.kind().kind()) + ",\"metadata\":{\"resourceVersion\":\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    public void write(StoredObject object, OutputStream out) throws IOException {
        out.write(head);
        byte[] body = object.body();
        boolean empty = body[object.splice()] == '}';
        out.write((object.resourceVersion() + (empty ? "\"" : "\",")).getBytes(StandardCharsets.US_ASCII));
        out.write(body, object.splice(), body.length - object.splice());
    }

    public byte[] bytes(StoredObject object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(object.body().length + 64);
        try {
            write(object, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The object as a tree, with its resourceVersion. */
    public ObjectNode tree(StoredObject object) {
        return (ObjectNode) KubeAnswer.JSON.readTree(bytes(object));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
