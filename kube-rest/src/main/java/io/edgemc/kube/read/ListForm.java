package io.edgemc.kube.read;

import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.api.Yaml;
import io.edgemc.kube.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** How a list is written. */
abstract class ListForm {
    private final String kind;
    private final String apiVersion;
    private final String itemsMember;
    private final String moreMembers;

    ListForm(String kind, String apiVersion, String itemsMember, String moreMembers) {
        this.kind = kind;
        this.apiVersion = apiVersion;
        this.itemsMember = itemsMember;
        this.moreMembers = moreMembers;
    }

    static ListForm objects(Target target) {
        WireForm wire = new WireForm(target);
        String storage = target.served().traits().storageVersion();
        // An API server converts such a list, and then says that there is no more.
        boolean converted = !storage.isEmpty() && !storage.equals(target.version());
        return new ListForm(target.kind().kind() + "List", target.apiVersion(), "items", "") {
            @Override
            boolean saysNoMore() {
                return converted;
            }

            @Override
            void item(OutputStream out, StoredObject object) throws IOException {
                wire.writeItem(object, out);
            }
        };
    }

    static ListForm partial(Target target) {
        WireForm wire = new WireForm(target);
        return new ListForm("PartialObjectMetadataList", "meta.k8s.io/v1", "items", "") {
            @Override
            void item(OutputStream out, StoredObject object) throws IOException {
                PartialObjects.write(wire, object, "v1", out);
            }
        };
    }

    static KubeAnswer asYaml(Lister.Selected found, ListForm wire) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try {
            found.write(wire, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] yaml =
                Yaml.write(JsonMapper.shared().readTree(json.toByteArray())).getBytes(StandardCharsets.UTF_8);
        return new KubeAnswer(200, "application/yaml", List.of(), new KubeAnswer.Bytes(yaml));
    }

    /** Whether a list that ends says so by an empty token. */
    boolean saysNoMore() {
        return false;
    }

    /** One element of the list. */
    abstract void item(OutputStream out, StoredObject object) throws IOException;

    void open(OutputStream out, long snapshot, String token, long remaining) throws IOException {
        StringBuilder head = new StringBuilder("{\"kind\":\"")
                .append(kind)
                .append("\",\"apiVersion\":\"")
                .append(apiVersion)
                .append("\",\"metadata\":{\"resourceVersion\":\"")
                .append(snapshot)
                .append('"');
        if (!token.isEmpty() || saysNoMore()) {
            head.append(",\"continue\":\"").append(token).append('"');
        }
        if (remaining >= 0) {
            head.append(",\"remainingItemCount\":").append(remaining);
        }
        head.append('}').append(moreMembers).append(",\"").append(itemsMember).append("\":[");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes elements; {@code begun} = some were written before. Returns whether some were written by now. */
    boolean items(OutputStream out, List<StoredObject> objects, boolean begun) throws IOException {
        boolean written = begun;
        for (StoredObject object : objects) {
            if (written) {
                out.write(',');
            }
            item(out, object);
            written = true;
        }
        return written;
    }

    void close(OutputStream out) throws IOException {
        out.write("]}".getBytes(StandardCharsets.US_ASCII));
    }
}
