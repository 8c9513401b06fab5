package io.edgemc.placement.resolve.travel;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** One row for each thing that stays behind. */
class PruningTest {
    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "configmaps/a/x | {'metadata':{'name':'x','uid':'u','resourceVersion':'1','generation':2,'managedFields':[],'finalizers':['f'],'ownerReferences':[{}],'selfLink':'s','creationTimestamp':'t','generateName':'g'},'status':{}} | {'metadata':{'name':'x'}}",
                "configmaps/a/x | {'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{}','edge-mc.io/customizer':'c','mine':'1'},'labels':{'l':'1'}}} | {'metadata':{'annotations':{'mine':'1'},'labels':{'l':'1'}}}",
                "configmaps/a/x | {'metadata':{'annotations':{'edge-mc.io/executing-count':'2'}}} | {'metadata':{}}",
                "services/a/x | {'spec':{'clusterIP':'10.0.0.1','clusterIPs':['10.0.0.1'],'ipFamilies':['IPv4'],'ipFamilyPolicy':'SingleStack','ports':[{'port':80,'nodePort':30080}]}} | {'spec':{'ports':[{'port':80}]}}",
                "services/a/x | {'spec':{'clusterIP':'None','clusterIPs':['None']}} | {'spec':{'clusterIP':'None','clusterIPs':['None']}}",
                "services/a/x | {'spec':{'externalTrafficPolicy':'Cluster','internalTrafficPolicy':'Local','sessionAffinity':'None'}} | {'spec':{'internalTrafficPolicy':'Local'}}",
                "services/a/x | {'metadata':{'annotations':{'edge-mc.io/preserve':'nodeport'}},'spec':{'ports':[{'nodePort':30080}]}} | {'metadata':{},'spec':{'ports':[{'nodePort':30080}]}}",
                "jobs.batch/a/x | {'metadata':{'labels':{'controller-uid':'u','l':'1'}},'spec':{'selector':{},'template':{'metadata':{'labels':{'batch.kubernetes.io/controller-uid':'u'}}}}} | {'metadata':{'labels':{'l':'1'}},'spec':{'template':{'metadata':{}}}}",
                "jobs.batch/a/x | {'spec':{'manualSelector':true,'selector':{'matchLabels':{'a':'b'}}}} | {'spec':{'manualSelector':true,'selector':{'matchLabels':{'a':'b'}}}}",
                "daemonsets.apps/a/x | {'metadata':{'annotations':{'deprecated.daemonset.template.generation':'3'}}} | {'metadata':{}}",
                "deployments.apps/a/x | {'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{\\'spec\\':{}}'}},'spec':{'replicas':1}} | {'metadata':{},'spec':{}}",
                "deployments.apps/a/x | {'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{\\'spec\\':{}}'}},'spec':{'replicas':2}} | {'metadata':{},'spec':{'replicas':2}}",
                "deployments.apps/a/x | {'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{\\'spec\\':{\\'replicas\\':1}}'}},'spec':{'replicas':1}} | {'metadata':{},'spec':{'replicas':1}}",
                "statefulsets.apps/a/x | {'metadata':{'managedFields':[{'operation':'Apply','fieldsV1':{'f:spec':{'f:template':{}}}}]},'spec':{'replicas':1}} | {'metadata':{},'spec':{}}",
                "statefulsets.apps/a/x | {'metadata':{'managedFields':[{'operation':'Update','fieldsV1':{'f:spec':{'f:replicas':{}}}}]},'spec':{'replicas':1}} | {'metadata':{},'spec':{'replicas':1}}",
                "statefulsets.apps/a/x | {'metadata':{},'spec':{'replicas':1}} | {'metadata':{},'spec':{'replicas':1}}",
            })
    void leavesBehind(String key, String object, String expected) {
        ObjectNode input = Json.object(object);

        ObjectNode pruned = Pruning.prune(ObjectKey.parse(key), input);

        assertThat(pruned).isEqualTo(Json.object(expected));
        assertThat(input).isEqualTo(Json.object(object));
    }
}
