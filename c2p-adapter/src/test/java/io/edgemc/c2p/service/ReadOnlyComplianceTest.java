package io.edgemc.c2p.service;

import static io.edgemc.c2p.service.RunningService.eventually;

import io.edgemc.c2p.service.Fleet.Cluster;
import io.edgemc.door.IdentitySigner;
import io.edgemc.door.access.Role;
import io.edgemc.kube.view.contract.ReadOnlyViewContract;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;

/** The view of compliance over all clusters. */
class ReadOnlyComplianceTest extends ReadOnlyViewContract {
    private static final RunningService SERVICE = RunningService.shared();

    @BeforeAll
    static void reports() {
        Fleet fleet = new Fleet(SERVICE);
        Cluster cluster = fleet.cluster("readonly-edge");
        for (String name : new String[] {"one", "two", "three"}) {
            fleet.report(cluster, Objects.report("rack", name, "some-policy", "pass"));
        }
        eventually()
                .until(() -> SERVICE.get("/c2p/apis/wgpolicyk8s.io/v1alpha2/namespaces/rack/policyreports")
                                .path("items")
                                .size()
                        == 3);
    }

    @Override
    protected Sample sample() {
        return new Sample(
                "/apis/wgpolicyk8s.io/v1alpha2",
                "policyreports",
                "PolicyReport",
                "rack",
                "readonly-edge.one",
                "edge-mc.io%2Fcluster%3Dreadonly-edge");
    }

    @Override
    protected HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(SERVICE.url() + "/c2p" + path))
                .header(IdentitySigner.HEADER, SERVICE.identity(Role.PLATFORM_ADMIN));
    }

    @Override
    protected HttpResponse<String> send(HttpRequest.Builder request) {
        return SERVICE.send(request);
    }
}
