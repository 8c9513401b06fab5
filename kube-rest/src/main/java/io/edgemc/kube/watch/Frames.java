package io.edgemc.kube.watch;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.MediaTypes;
import io.edgemc.kube.api.MediaTypes.Form;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.read.PartialObjects;
import io.edgemc.kube.read.Tables;
import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Watch events as lines of JSON. */
final class Frames {
    private record Encoding(String apiVersion, MediaTypes.Accepted form, String included) {}

    private final Target target;
    private final Form form;
    private final WireForm wire;
    private final Tables tables;
    private final Encoding encoding;

    Frames(Target target, MediaTypes.Accepted accepted, String included, Clock clock) {
        this.target = target;
        this.form = accepted.form();
        this.wire = new WireForm(target);
        this.tables = Tables.of(target, included, accepted.metaVersion(), clock);
        this.encoding = new Encoding(target.apiVersion(), accepted, included);
    }

    HubEvent.FrameKey key(String type) {
        return new HubEvent.FrameKey(type, encoding);
    }

    byte[] event(String type, StoredObject object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(object.body().length + 128);
        try {
            out.writeBytes(text("{\"type\":\"" + type + "\",\"object\":"));
            switch (form) {
                case TABLE -> out.writeBytes(text(tables.single(object)));
                case PARTIAL -> out.writeBytes(PartialObjects.bytes(wire, object));
                default -> wire.write(object, out);
            }
            out.writeBytes(text("}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    byte[] bookmark(long position, boolean initialEnd) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        boolean partial = form == Form.PARTIAL;
        object.put("kind", partial ? "PartialObjectMetadata" : target.kind().kind())
                .put("apiVersion", partial ? "meta.k8s.io/v1" : target.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(position));
        if (initialEnd) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        return text("{\"type\":\"BOOKMARK\",\"object\":" + object + "}\n");
    }

    byte[] error(ApiError error) {
        return text("{\"type\":\"ERROR\",\"object\":" + error.status() + "}\n");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
