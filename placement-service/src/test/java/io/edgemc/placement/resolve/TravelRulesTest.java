package io.edgemc.placement.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What travels to the edge, and in which form. */
class TravelRulesTest {
    private static final String PAGE = "configmaps/shop/page";

    private final Shop shop = new Shop();
    private final TestHub hub = shop.hub;

    @Test
    void aFailedRenderingKeepsWhatIsThereAndStopsNobodyElse() {
        hub.apply(
                hub.write(hub.cluster("c1", Map.of("env", "prod"), Map.of("site", "one"))),
                hub.write(hub.cluster("c2", Map.of("env", "prod"), Map.of("site", "two"))));
        shop.placement("red", "p", "{}");
        shop.page("red", "at %(site)", "'edge-mc.io/expand-parameters':'true'");

        hub.apply(hub.write(hub.cluster("c2", Map.of("env", "prod"), Map.of())));
        shop.page("red", "now at %(site)", "'edge-mc.io/expand-parameters':'true'");
        shop.cluster("c3");

        assertThat(hub.held("c1").get(PAGE)).contains("now at one");
        assertThat(hub.held("c2").get(PAGE)).contains("\"at two\"");
        assertThat(hub.held("c3")).doesNotContainKey(PAGE);
        PlacementResult result = hub.results.get("red/p");
        assertThat(result.errorTotal()).isEqualTo(2);
        assertThat(result.errors().getFirst())
                .isEqualTo(new PlacementResult.ObjectError(
                        "c2", PAGE, "data.text", "the cluster has no parameter \"site\"", true));
        assertThat(result.errors().get(1).held()).isFalse();
        assertThat(hub.model.executing("red", ObjectKey.parse(PAGE)).clusters()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "leases | coordination.k8s.io/v1 | Lease",
                "events | v1 | Event",
                "controllerrevisions | apps/v1 | ControllerRevision",
                "nodes | v1 | Node",
            })
    void kindsThatNeverLeaveAreTold(String resource, String apiVersion, String kind) {
        shop.cluster("c1");
        shop.placement("red", "p", "{'downsync':[{'resources':['" + resource + "']}]}");
        shop.write(
                "red",
                resource,
                "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "','metadata':{'name':'x','namespace':'shop'}}");

        assertThat(hub.held("c1")).isEmpty();
        assertThat(hub.results.get("red/p").specErrors().getFirst().toString())
                .isEqualTo("spec.downsync[0].resources: " + resource + " never leave a space, so they are not sent");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "secrets | kubernetes.io/service-account-token | x | false",
                "secrets | bootstrap.kubernetes.io/token | x | false",
                "secrets | Opaque | x | true",
                "configmaps | any | kube-root-ca.crt | false",
                "serviceaccounts | any | default | false",
                "serviceaccounts | any | robot | true",
                "endpoints | any | x | true",
            })
    void systemObjectsStay(String resource, String type, String name, boolean sent) {
        shop.cluster("c1");
        shop.placement("red", "p", "{'downsync':[{'namespaces':['shop']}]}");
        shop.write(
                "red",
                resource,
                "{'apiVersion':'v1','kind':'Any','metadata':{'name':'" + name + "','namespace':'shop'},'type':'" + type
                        + "'}");

        assertThat(hub.held("c1").containsKey(resource + "/shop/" + name)).isEqualTo(sent);
    }

    @Test
    void contentOfSecretsIsSealed() {
        shop.cluster("c1");
        shop.placement("red", "p", "{'downsync':[{'resources':['secrets']}]}");
        shop.write(
                "red",
                "secrets",
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'x','namespace':'shop'},"
                        + "'data':{'k':'Y2FuYXJ5'}}");

        assertThat(hub.content(Objects.requireNonNull(
                                shop.entry("c1", "secrets/shop/x").content()))
                        .sealed())
                .isTrue();
        assertThat(hub.contents.values())
                .noneMatch(content -> new String(content.bytes(), StandardCharsets.UTF_8).contains("Y2FuYXJ5"));
        assertThat(hub.held("c1").get("secrets/shop/x")).contains("Y2FuYXJ5");
    }

    @Test
    void anErrorInASecretRepeatsNothingOfIt() {
        shop.cluster("c1");
        shop.placement("red", "p", "{'downsync':[{'resources':['secrets']}]}");
        shop.write(
                "red",
                "secrets",
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'x','namespace':'shop',"
                        + "'annotations':{'edge-mc.io/expand-parameters':'true'}},"
                        + "'stringData':{'password':'p%(canary)w'}}");

        PlacementResult.ObjectError error = hub.results.get("red/p").errors().getFirst();
        assertThat(error.field()).isEqualTo("stringData.password");
        assertThat(error.reason()).contains("no parameter").contains("withheld").doesNotContain("canary");
    }

    @Test
    void whatIsUpsyncedIsNotSent() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        shop.placement(
                "red",
                "p",
                "{'upsync':[{'apiGroup':'','resources':['configmaps'],'namespaces':['*'],'names':['page']}]}");

        assertThat(shop.entry("c1", PAGE).isDelete()).isTrue();
        assertThat(shop.entry("c1", PAGE).flags()).containsExactly(EntryFlag.ORPHAN);
        assertThat(hub.held("c1")).containsKey("syncerconfigs.edge-mc.io//the-syncer");
    }

    @Test
    void norIsItWhereTheClusterComesUnderAnotherPlacementAtTheSameTime() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        hub.apply(
                shop.placed(
                        "red",
                        "p",
                        "{'upsync':[{'apiGroup':'','resources':['configmaps'],'namespaces':['*'],'names':['page']}]}"),
                shop.placed("blue", "p", "{}"));

        assertThat(hub.held("c1")).doesNotContainKey(PAGE);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | IfSame | Correct | false",
                "'adoptionPolicy':'Always' | - | Always | Correct | true",
                "'driftPolicy':'Report' | - | IfSame | Report | true",
                "'adoptionPolicy':'Always','driftPolicy':'Freeze' | 'driftPolicy':'Report' | IfSame | Freeze | true",
                "'adoptionPolicy':'Always' | 'adoptionPolicy':'Never' | Never | Correct | true",
                "'adoptionPolicy':'Always' | {} | IfSame | Correct | false",
            })
    void theStrictestPolicyForWhatIsFoundAtTheEdgeTravelsToTheSyncer(
            String one, String two, String adoption, String drift, boolean sent) {
        shop.cluster("c1");
        shop.placement("red", "one", "{" + one.replace("{}", "") + "}");
        if (!two.equals("-")) {
            shop.placement("red", "two", "{" + two.replace("{}", "") + "}");
        }

        String config = hub.held("c1").get("syncerconfigs.edge-mc.io//the-syncer");
        if (sent) {
            assertThat(config)
                    .contains("\"adoptionPolicy\":\"" + adoption + "\"")
                    .contains("\"driftPolicy\":\"" + drift + "\"");
        } else {
            assertThat(config).isNull();
        }
    }

    @Test
    void aPolicyForTheEdgeIsLive() {
        shop.cluster("c1");
        shop.placement("red", "p", "{}");
        shop.page("red", "x", "");

        shop.placement("red", "p", "{'driftPolicy':'Freeze'}");
        assertThat(hub.held("c1").get("syncerconfigs.edge-mc.io//the-syncer")).contains("Freeze");

        shop.placement("red", "p", "{}");
        assertThat(hub.held("c1")).containsOnlyKeys("namespaces//shop", PAGE);
    }
}
