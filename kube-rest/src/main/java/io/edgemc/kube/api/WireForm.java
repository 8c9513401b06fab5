package io.edgemc.kube.api;

import io.edgemc.kube.kind.ServedKind;
import io.edgemc.kube.kind.VersionForm;
import io.edgemc.kube.store.ObjectBody;
import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as they go over the wire in one version of a kind: spliced together from resting bytes, and parsed only where they
 * look otherwise in that version.
 */
public final class WireForm {
    private final byte[] head;
    private final byte[] itemHead;
    private final VersionForm form;

    public WireForm(Target target) {
        form = target.served().traits().form();
        head = ("{\"apiVersion\":" + quoted(target.apiVersion()) + ",\"kind\":"
                        + quoted(target.kind().kind()) + ",\"metadata\":{")
                .getBytes(StandardCharsets.UTF_8);
        itemHead = target.kind().origin() == ServedKind.Origin.BUILT_IN
                ? "{\"metadata\":{".getBytes(StandardCharsets.UTF_8)
                : head;
    }

    public void write(StoredObject object, OutputStream out) throws IOException {
        out.write(head);
        rest(formed(object), out);
    }

    /** As an item of a list: that of a built-in kind does not repeat the kind that the list has. */
    public void writeItem(StoredObject object, OutputStream out) throws IOException {
        out.write(itemHead);
        rest(formed(object), out);
    }

    private StoredObject formed(StoredObject object) {
        if (form == VersionForm.SAME) {
            return object;
        }
        ObjectNode tree = (ObjectNode) KubeAnswer.JSON.readTree(object.body());
        form.toWire(tree);
        ObjectBody body = ObjectBody.of(tree);
        return new StoredObject(
                object.kind(),
                object.namespace(),
                object.name(),
                object.uid(),
                object.resourceVersion(),
                object.labels(),
                body.bytes(),
                body.splice());
    }

    /** Its metadata alone, an object. */
    public void writeMetadata(StoredObject object, OutputStream out) throws IOException {
        StoredObject formed = formed(object);
        out.write('{');
        rest(formed, ObjectBody.metadataEnd(formed), out);
    }

    private static void rest(StoredObject object, OutputStream out) throws IOException {
        rest(object, object.body().length, out);
    }

    /** From where the version goes into the body to {@code end}. */
    private static void rest(StoredObject object, int end, OutputStream out) throws IOException {
        byte[] body = object.body();
        if (object.resourceVersion() > 0) {
            boolean empty = body[object.splice()] == '}';
            String version = "\"resourceVersion\":\"" + object.resourceVersion() + (empty ? "\"" : "\",");
            out.write(version.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(body, object.splice(), end - object.splice());
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
