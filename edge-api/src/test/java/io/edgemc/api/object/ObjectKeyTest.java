package io.edgemc.api.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "deployments.apps/shop/web",
                "pods/default/a.b-c",
                "namespaces//shop",
                "clusterroles.rbac.authorization.k8s.io//system:node"
            })
    void textIsReadBack(String text) {
        assertThat(ObjectKey.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pods",
                "pods/x",
                "pods/x/",
                "pods/x/a/b",
                "pods/x/..",
                "Pods/x/a",
                "pods/X/a",
                "pods/x/a%2fb",
                "../x/a"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatThrownBy(() -> ObjectKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
