package io.edgemc.syncer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.servers.kube.LocalEdge;
import io.edgemc.servers.testing.RequiresLocalEdge;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition that leaves takes along only what is to be deleted anyway: the API server deletes all objects of its kind with it. */
@RequiresLocalEdge
final class RemoveDefinitionTest {
    private EdgeUnderTest edge;

    @BeforeEach
    void startEdge(LocalEdge local, @TempDir Path folder) throws Exception {
        edge = new EdgeUnderTest(local, folder).startSyncer();
    }

    @AfterEach
    void stopEdge() {
        edge.close();
    }

    @Test
    void goesAfterTheObjectsOfItsKindThatAreOurs() {
        String group = hold("rmd-all");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete(definitionKey(group))
                .delete("widgets." + group + "/rmd-all/ours")
                .commit();

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("crd", "widgets." + group)).isFalse();
    }

    @Test
    void staysWhileSomebodyElseHasObjectsOfItsKindAndGoesWhenTheyAreGone() {
        String group = hold("rmd-born");
        edge.kubectl().ok("create", "namespace", "rmd-elsewhere");
        edge.kubectl().apply(widget(group, "rmd-elsewhere", "born").replace('\'', '"'));

        long revision = edge.hub
                .mailbox()
                .change()
                .delete(definitionKey(group))
                .delete("widgets." + group + "/rmd-born/ours")
                .commit();

        assertThat(edge.awaitException(revision, "definition-in-use")).satisfies(exception -> {
            assertThat(exception.retryable()).isTrue();
            assertThat(exception.message()).contains("widgets." + group + "/rmd-elsewhere/born");
        });
        assertThat(edge.exists("widgets." + group, "ours", "-n", "rmd-born")).isFalse();
        assertThat(edge.exists("widgets." + group, "born", "-n", "rmd-elsewhere"))
                .isTrue();

        edge.kubectl().ok("delete", "widgets." + group, "born", "-n", "rmd-elsewhere");

        edge.awaitApplied(revision, 0);
        assertThat(edge.exists("crd", "widgets." + group)).isFalse();
    }

    @Test
    void staysWithAnObjectThatWasGivenUpAsAnOrphan() {
        String group = hold("rmd-orphan");

        long revision = edge.hub
                .mailbox()
                .change()
                .delete(definitionKey(group))
                .delete("widgets." + group + "/rmd-orphan/ours", EntryFlag.ORPHAN)
                .commit();

        edge.awaitException(revision, "definition-in-use");
        assertThat(edge.exists("widgets." + group, "ours", "-n", "rmd-orphan")).isTrue();
        assertThat(edge.exists("crd", "widgets." + group)).isTrue();
    }

    /** A definition and one object of its kind, both ours; the group. */
    private String hold(String namespace) {
        String group = namespace + ".example.com";
        long revision = edge.hub
                .mailbox()
                .change()
                .apply("namespaces//" + namespace, EdgeUnderTest.namespace(namespace), EntryFlag.EXISTENCE)
                .apply(definitionKey(group), definition(group))
                .apply("widgets." + group + "/" + namespace + "/ours", widget(group, namespace, "ours"))
                .commit();
        edge.awaitApplied(revision, 0);
        return group;
    }

    private static String definitionKey(String group) {
        return "customresourcedefinitions.apiextensions.k8s.io//widgets." + group;
    }

    private static String widget(String group, String namespace, String name) {
        return "{'apiVersion':'" + group + "/v1','kind':'Widget','metadata':{'name':'" + name + "','namespace':'"
                + namespace + "'},'spec':{'size':1}}";
    }

    private static String definition(String group) {
        return "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'widgets."
                + group + "'},'spec':{'group':'" + group + "','scope':'Namespaced','names':{'plural':'widgets',"
                + "'singular':'widget','kind':'Widget'},'versions':[{'name':'v1','served':true,'storage':true,"
                + "'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}";
    }
}
