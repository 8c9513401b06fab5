package io.edgemc.mailbox.view;

import io.edgemc.api.json.ApiJson;
import io.edgemc.door.access.Role;
import io.edgemc.kube.view.contract.ReadOnlyViewContract;
import io.edgemc.mailbox.testing.TestGateway;
import io.edgemc.mailbox.testing.TestPlacement;
import io.edgemc.mailbox.testing.TestPlacement.Cluster;
import io.edgemc.mailbox.testing.Until;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;

/** Three objects at one cluster, seen through a view of clusters. */
abstract class MailboxViewContract extends ReadOnlyViewContract {
    private static final TestGateway ADMIN = new TestGateway(Role.PLATFORM_ADMIN);
    private static Cluster first = null;

    abstract String prefix();

    abstract String nameAt(Cluster cluster);

    @BeforeAll
    static void objects() {
        if (first != null) {
            return;
        }
        TestPlacement placement = new TestPlacement();
        first = placement.cluster("readonly");
        placement.target(
                first,
                placement.state(
                        TestPlacement.configMap("rack", "a", "1"),
                        TestPlacement.configMap("rack", "b", "1"),
                        TestPlacement.configMap("rack", "c", "1")));
        String path = "/clusters/" + first.name() + "/api/v1/namespaces/rack/configmaps";
        Until.holds(
                "three objects",
                () -> ApiJson.MAPPER
                                .readTree(ADMIN.get(path).body())
                                .path("items")
                                .size()
                        == 3);
    }

    @Override
    protected Sample sample() {
        return new Sample(
                "/api/v1", "configmaps", "ConfigMap", "rack", nameAt(first), "edge-mc.io%2Fcluster%3D" + first.name());
    }

    @Override
    protected HttpRequest.Builder request(String path) {
        return ADMIN.request(prefix() + path);
    }

    @Override
    protected HttpResponse<String> send(HttpRequest.Builder request) {
        return TestGateway.send(request);
    }

    String cluster() {
        return first.name();
    }
}
