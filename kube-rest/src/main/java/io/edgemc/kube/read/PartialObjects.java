package io.edgemc.kube.read;

import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code PartialObjectMetadata}: an object's metadata and nothing else. */
public final class PartialObjects {
    private PartialObjects() {}

    public static byte[] bytes(WireForm wire, StoredObject object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(wire, object, "v1", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes it out of resting bytes, which are not parsed; {@code version} of {@code meta.k8s.io}. */
    static void write(WireForm wire, StoredObject object, String version, OutputStream out) throws IOException {
        String head =
                "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/" + version + "\",\"metadata\":";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        wire.writeMetadata(object, out);
        out.write('}');
    }
}
