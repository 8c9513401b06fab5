package io.edgemc.placement.resolve.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.object.ObjectKey;
import io.edgemc.placement.resolve.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row for each rule of object tests, selectors and specs. */
class ObjectTestTest {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'apiGroup':''                                        | pods/a/x             | true",
                "'apiGroup':''                                        | deployments.apps/a/x | false",
                "'apiGroup':'apps'                                    | deployments.apps/a/x | true",
                "'resources':['pods']                                 | pods/a/x             | true",
                "'resources':['pods']                                 | pods.other.test/a/x  | true",
                "'resources':['pods']                                 | secrets/a/x          | false",
                "'resources':['*'],'objectNames':['x']                | secrets/a/x          | true",
                "'resources':[],'objectNames':['x']                   | secrets/a/y          | false",
                "'namespaces':['a']                                   | pods/a/x             | true",
                "'namespaces':['a']                                   | pods/b/x             | false",
                "'namespaces':['a']                                   | nodes.t//x           | false",
                "'namespaces':['*'],'objectNames':['x']               | nodes.t//x           | true",
                "'namespaces':[],'objectNames':['x']                  | nodes.t//x           | true",
                "'namespaceSelectors':[{'matchLabels':{'n':'1'}}]     | pods/a/x             | true",
                "'namespaceSelectors':[{'matchLabels':{'n':'2'}}]     | pods/a/x             | false",
                "'namespaceSelectors':[{'matchLabels':{'n':'1'}}]     | nodes.t//x           | false",
                "'namespaceSelectors':[{}],'objectNames':['x']        | nodes.t//x           | true",
                "'objectNames':['x','y']                              | pods/a/y             | true",
                "'objectNames':['*'],'apiGroup':''                    | pods/a/z             | true",
                "'objectSelectors':[{'matchLabels':{'o':'1'}}]        | pods/a/x             | true",
                "'objectSelectors':[{'matchLabels':{'o':'2'}},{'matchLabels':{'o':'1'}}] | pods/a/x | true",
                "'labelSelectors':[{'matchLabels':{'o':'2'}}]         | pods/a/x             | false",
                "'objectSelectors':[{'matchExpressions':[{'key':'o','operator':'In','values':['1','2']}]}] | pods/a/x | true",
                "'objectSelectors':[{'matchExpressions':[{'key':'o','operator':'NotIn','values':['1']}]}] | pods/a/x | false",
                "'objectSelectors':[{'matchExpressions':[{'key':'q','operator':'NotIn','values':['1']}]}] | pods/a/x | true",
                "'objectSelectors':[{'matchExpressions':[{'key':'o','operator':'Exists'}]}] | pods/a/x | true",
                "'objectSelectors':[{'matchExpressions':[{'key':'o','operator':'DoesNotExist'}]}] | pods/a/x | false",
                "'resources':['pods'],'namespaces':['b']              | pods/a/x             | false",
            })
    void matches(String criteria, String key, boolean expected) {
        List<FieldError> errors = new ArrayList<>();
        PlacementSpec spec = PlacementSpec.read(Json.object("{'spec':{'downsync':[{" + criteria + "}]}}"), errors);
        ObjectKey object = ObjectKey.parse(key);

        boolean selected = spec.select(new Selectable(
                        object, Map.of("o", "1"), object.namespace().isEmpty() ? Map.of() : Map.of("n", "1")))
                != null;

        assertThat(errors).isEmpty();
        assertThat(selected).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'downsync':[{}] | spec.downsync[0] | at least one of",
                "'downsync':[{'resources':['*'],'namespaces':['*'],'objectNames':['*']}] | spec.downsync[0] | at least one of",
                "'downsync':[{'namespaceSelectors':[{}]}] | spec.downsync[0] | at least one of",
                "'downsync':[{'resources':['Pods']}] | spec.downsync[0].resources | lowercase plurals",
                "'downsync':[{'resources':['*','pods']}] | spec.downsync[0].resources | * must stand alone",
                "'downsync':[{'resource':['pods']}] | spec.downsync[0].resource | unknown field",
                "'downsync':[{'resources':'pods'}] | spec.downsync[0].resources | must be a list",
                "'downsync':{} | spec.downsync | must be a list",
                "'downsynk':[] | spec.downsynk | unknown field",
                "'locationSelectors':[{'matchLabels':{'a b':'c'}}] | spec.locationSelectors[0].matchLabels | not a label key",
                "'locationSelectors':[{'matchLabels':{'a':'c d'}}] | spec.locationSelectors[0].matchLabels.a | not a label value",
                "'locationSelectors':[{'matchLabels':{'a':1}}] | spec.locationSelectors[0].matchLabels.a | must be a string",
                "'locationSelectors':[{'matchExpressions':[{'key':'a','operator':'Like','values':['x']}]}] | spec.locationSelectors[0].matchExpressions[0].operator | must be one of In, NotIn, Exists, DoesNotExist",
                "'locationSelectors':[{'matchExpressions':[{'key':'a','operator':'In'}]}] | spec.locationSelectors[0].matchExpressions[0].values | must be given",
                "'locationSelectors':[{'matchExpressions':[{'operator':'Exists'}]}] | spec.locationSelectors[0].matchExpressions[0].key | is required",
                "'maxClusters':0 | spec.maxClusters | must be at least 1",
                "'spread':{'label':'zone'} | spec.spread | needs maxClusters",
                "'conflictPolicy':'newest' | spec.conflictPolicy | must be one of latest, merge, priority, refuse",
                "'deletionPolicy':'delete' | spec.deletionPolicy | must be one of Delete, Orphan",
                "'rollout':{} | spec.rollout | is not supported yet",
                "'deletionBudget':1 | spec.deletionBudget | is not supported yet",
                "'driftPolicy':'freeze' | spec.driftPolicy | must be one of Correct, Report, Freeze",
                "'adoptionPolicy':'Sometimes' | spec.adoptionPolicy | must be one of Always, IfSame, Never",
                "'upsync':[{'apiGroup':'g','kinds':[]}] | spec.upsync[0].kinds | unknown field",
                "'tolerations':[{'operator':'Equal'}] | spec.tolerations[0].operator | must be Exists when key is empty",
            })
    void namesTheFieldThatIsWrong(String spec, String field, String message) {
        List<FieldError> errors = new ArrayList<>();

        PlacementSpec.read(Json.object("{'spec':{" + spec + "}}"), errors);

        assertThat(errors).anySatisfy(error -> {
            assertThat(error.field()).isEqualTo(field);
            assertThat(error.message()).contains(message);
        });
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'apiGroup':'g','resources':['r'],'names':['x']                       | r.g//x  | true",
                "'apiGroup':'g','resources':['r'],'names':['x']                       | r.g/a/x | false",
                "'apiGroup':'g','resources':['r'],'names':['x'],'namespaces':['*']    | r.g/a/x | true",
                "'apiGroup':'g','resources':['r'],'namespaces':['a']                  | r.g/a/x | false",
                "'apiGroup':'g','names':['*'],'namespaces':['a']                      | r.g/a/x | false",
                "'apiGroup':'g','resources':['*'],'names':['*'],'namespaces':['a']    | r.g/a/x | true",
                "'apiGroup':'h','resources':['*'],'names':['*'],'namespaces':['a']    | r.g/a/x | false",
                "'apiGroup':'g','resources':['*'],'names':['*'],'namespaces':['a'],'labelSelector':{'matchLabels':{'o':'2'}} | r.g/a/x | false",
            })
    void upsyncSets(String set, String key, boolean expected) {
        List<FieldError> errors = new ArrayList<>();
        PlacementSpec spec = PlacementSpec.read(Json.object("{'spec':{'upsync':[{" + set + "}]}}"), errors);

        boolean matches = spec.upsync().getFirst().matches(ObjectKey.parse(key), Map.of("o", "1"));

        assertThat(errors).isEmpty();
        assertThat(matches).isEqualTo(expected);
    }
}
