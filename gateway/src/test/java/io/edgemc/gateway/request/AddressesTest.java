package io.edgemc.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Action.OnPath;
import io.edgemc.door.access.Action.OnResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /spaces/a/api/v1/namespaces/n/configmaps/c            | PLACEMENT  | Space[name=a]  | get configmaps ns=n name=c",
                "GET    | /spaces/a/api/v1/configmaps                           | PLACEMENT  | Space[name=a]  | list configmaps",
                "GET    | /spaces/a/api/v1/configmaps?watch                     | PLACEMENT  | Space[name=a]  | watch configmaps",
                "HEAD   | /spaces/a/api/v1/secrets                              | PLACEMENT  | Space[name=a]  | list secrets",
                "GET    | /spaces/a/api/v1/secret%73                            | PLACEMENT  | Space[name=a]  | list secrets",
                "POST   | /spaces/a/apis/apps/v1/namespaces/n/deployments       | PLACEMENT  | Space[name=a]  | create deployments.apps ns=n",
                "PATCH  | /spaces/a/apis/apps/v1/namespaces/n/deployments/d     | PLACEMENT  | Space[name=a]  | patch deployments.apps ns=n name=d",
                "PUT    | /spaces/a/apis/apps/v1/namespaces/n/deployments/d/scale | PLACEMENT | Space[name=a] | update deployments.apps/scale ns=n name=d",
                "DELETE | /spaces/a/apis/apps/v1/namespaces/n/deployments       | PLACEMENT  | Space[name=a]  | deletecollection deployments.apps ns=n",
                "DELETE | /spaces/a/api/v1/namespaces/n                         | PLACEMENT  | Space[name=a]  | delete namespaces name=n",
                "PUT    | /spaces/a/api/v1/namespaces/n/finalize                | PLACEMENT  | Space[name=a]  | update namespaces/finalize name=n",
                "GET    | /spaces/a/apis                                        | PLACEMENT  | Space[name=a]  | get /apis",
                "GET    | /spaces/a/openapi/v3/apis/apps/v1                     | PLACEMENT  | Space[name=a]  | get /openapi/v3/apis/apps/v1",
                "GET    | /inventory/apis/edge-mc.io/v1alpha1/clusters          | PLACEMENT  | Inventory[]    | list clusters.edge-mc.io",
                "POST   | /system/apis/edge-mc.io/v1alpha1/spaces               | PLACEMENT  | Platform[]     | create spaces.edge-mc.io",
                "GET    | /clusters/florin/api/v1/secrets                       | MAILBOX    | Clusters[]     | list secrets",
                "GET    | /clusters/*/apis/apps/v1/deployments                  | MAILBOX    | Clusters[]     | list deployments.apps",
                "GET    | /c2p/apis/wgpolicyk8s.io/v1alpha2/policyreports       | C2P        | Compliance[]   | list policyreports.wgpolicyk8s.io",
                "GET    | /c2p/clusters/florin/apis/wgpolicyk8s.io/v1alpha2/policyreports | C2P | Compliance[] | list policyreports.wgpolicyk8s.io",
                "POST   | /c2p/v1/exceptions                                    | C2P        | Compliance[]   | create /v1/exceptions",
                "GET    | /summaries/by-policy/rows                             | SUMMARIZER | Summaries[]    | get /by-policy/rows",
                "GET    | /api/v1/summaries/by-policy                           | SUMMARIZER | Summaries[]    | get /summaries/by-policy",
                "POST   | /api/v1/clusters/florin/tokens                        | MAILBOX    | Enrolment[]    | create /clusters/florin/tokens",
                "POST   | /api/v1/clusters/florin/revoke                        | MAILBOX    | Enrolment[]    | create /clusters/florin/revoke",
                "POST   | /api/v1/clusters/florin/decommission                  | PLACEMENT  | Enrolment[]    | create /clusters/florin/decommission",
                "POST   | /api/v1/spaces/a/plans                                | PLACEMENT  | Space[name=a]  | create /plans",
                "GET    | /api/v1/anything                                      | PLACEMENT  | Api[]          | get /anything",
                "GET    | /                                                     | -          | -              | -",
                "GET    | /spaces                                               | -          | -              | -",
                "GET    | /agent/v1/mailbox                                     | -          | -              | -",
                "GET    | /actuator/env                                         | -          | -              | -",
                "TRACE  | /inventory/api                                        | -          | -              | -",
                "OPTIONS| /inventory/api                                        | -          | -              | -",
            })
    void theMap(String method, String path, String service, String area, String action) throws Exception {
        boolean watch = path.endsWith("?watch");
        var found = Addresses.find(method, RequestPath.parse(path.replace("?watch", "")), watch);
        assertThat(found.map(a -> a.service().name()).orElse("-")).isEqualTo(service);
        assertThat(found.map(a -> a.area().toString()).orElse("-")).isEqualTo(area);
        assertThat(found.map(a -> text(a.action())).orElse("-")).isEqualTo(action);
    }

    private static String text(Action action) {
        return switch (action) {
            case OnPath on -> on.verb() + " " + on.path();
            case OnResource on ->
                on.verb() + " " + on.resourceText() + (on.namespace() == null ? "" : " ns=" + on.namespace())
                        + (on.name() == null ? "" : " name=" + on.name());
        };
    }
}
