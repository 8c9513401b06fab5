package io.edgemc.syncer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.json.CanonicalJson;
import io.edgemc.syncer.kube.GroupResource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The rules of an upsync set, one row each. */
final class SyncerConfigTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "['a']|['x']|['n']    |a|x|n|true ",
                "['a']|['x']|['n']    |a|x|m|false",
                "['a']|['x']|['n']    |a|y|n|false",
                "['a']|['x']|['n']    |b|x|n|false",
                "['*']|['*']|['*']    |b|y|m|true ",
                "[]   |['*']|['*']    |a|x|n|false",
                "['a']|[]   |['*']    |a|x|n|false",
                "['a']|[]   |['*']    |a| |n|true ",
                "['a']|['*']|[]       |a|x|n|false",
            })
    void selectsByKindNamespaceAndName(
            String resources,
            String namespaces,
            String names,
            String resource,
            @org.jspecify.annotations.Nullable String namespace,
            String name,
            boolean expected) {
        SyncerConfig config = SyncerConfig.parse(json("{'spec':{'upsync':[{'apiGroup':'g.test','resources':" + resources
                + ",'namespaces':" + namespaces + ",'names':" + names + "}]}}"));

        boolean selected = config.upsyncs(
                new GroupResource("g.test", resource), namespace == null ? "" : namespace, name, json("{}"));

        assertThat(selected).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "{'matchLabels':{'a':'1'}}                                                |true",
                "{'matchLabels':{'a':'2'}}                                                |false",
                "{'matchExpressions':[{'key':'a','operator':'In','values':['1','2']}]}    |true",
                "{'matchExpressions':[{'key':'a','operator':'NotIn','values':['1']}]}     |false",
                "{'matchExpressions':[{'key':'b','operator':'NotIn','values':['1']}]}     |true",
                "{'matchExpressions':[{'key':'a','operator':'Exists'}]}                   |true",
                "{'matchExpressions':[{'key':'a','operator':'DoesNotExist'}]}             |false",
            })
    void selectsByLabels(String selector, boolean expected) {
        assertThat(LabelSelectors.matches(LabelSelectors.parse(json(selector)), json("{'a':'1'}")))
                .isEqualTo(expected);
    }

    @Test
    void refusesAnOperatorThatItDoesNotKnow() {
        assertThatThrownBy(() -> LabelSelectors.parse(json("{'matchExpressions':[{'key':'a','operator':'Matches'}]}")))
                .hasMessageContaining("Matches");
    }

    private static ObjectNode json(String text) {
        return CanonicalJson.parseObject(text.strip().replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
