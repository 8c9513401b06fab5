package io.edgemc.kube.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.facts.BuiltInFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One row per rule; the objects are pod specs, whose lists and directives show them all. */
class StrategicMergePatchTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            maps are merged           | {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"b":"2"}} | {"nodeSelector":{"a":"1","b":"2"}}
            null removes              | {"nodeSelector":{"a":"1","b":"2"}} | {"nodeSelector":{"a":null}} | {"nodeSelector":{"b":"2"}}
            lists merge by their key  | {"containers":[{"name":"a","image":"1"},{"name":"b","image":"1"}]} | {"containers":[{"name":"b","image":"2"}]} | {"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}
            new items come first      | {"containers":[{"name":"a"}]} | {"containers":[{"name":"b"}]} | {"containers":[{"name":"b"},{"name":"a"}]}
            an item is deleted        | {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"a","$patch":"delete"}]} | {"containers":[{"name":"b"}]}
            a list is replaced        | {"containers":[{"name":"a"},{"name":"b"}]} | {"containers":[{"name":"c"},{"$patch":"replace"}]} | {"containers":[{"name":"c"}]}
            a map is replaced         | {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"b":"2","$patch":"replace"}} | {"nodeSelector":{"b":"2"}}
            a map is emptied          | {"nodeSelector":{"a":"1"}} | {"nodeSelector":{"$patch":"delete"}} | {"nodeSelector":{}}
            atomic lists are replaced | {"tolerations":[{"key":"a"}]} | {"tolerations":[{"key":"b"}]} | {"tolerations":[{"key":"b"}]}
            keys are retained         | {"volumes":[{"name":"v","emptyDir":{}}]} | {"volumes":[{"name":"v","hostPath":{"path":"/"},"$retainKeys":["name","hostPath"]}]} | {"volumes":[{"name":"v","hostPath":{"path":"/"}}]}
            the client's order counts | {"containers":[{"name":"a"},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]} | {"containers":[{"name":"b"},{"name":"a"}]}
            others keep their place   | {"containers":[{"name":"a"},{"name":"x"},{"name":"b"}]} | {"$setElementOrder/containers":[{"name":"a"},{"name":"b"},{"name":"c"}],"containers":[{"name":"c"}]} | {"containers":[{"name":"a"},{"name":"x"},{"name":"b"},{"name":"c"}]}
            """)
    void merges(String rule, String before, String patch, String after) {
        ObjectNode result = StrategicMergePatch.apply(
                object(before), object(patch), BuiltInFacts.get().schema("io.k8s.api.core.v1.PodSpec"));

        assertThat(result).isEqualTo(object(after));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
