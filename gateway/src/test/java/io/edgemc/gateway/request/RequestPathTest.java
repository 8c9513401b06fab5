package io.edgemc.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spaces/a/../b",
                "/spaces/a/./b",
                "/spaces/..",
                "/spaces/a/%2e%2e/b",
                "/spaces/a/%2E./b",
                "/spaces//a",
                "//spaces/a",
                "/spaces/a%2fb",
                "/spaces/a%2Fb",
                "/spaces/a%5cb",
                "/spaces/a\\b",
                "/spaces/a%00",
                "/spaces/a%0a",
                "/spaces/a%252fb",
                "/spaces/a;x=y/b",
                "/spaces/a%3bx",
                "/spaces/%zz",
                "/spaces/a%2",
                "spaces/a",
                ""
            })
    void aPathThatCouldMeanTwoThingsIsRefused(String path) {
        assertThatThrownBy(() -> RequestPath.parse(path)).isInstanceOf(RefusedPathException.class);
    }

    @Test
    void aVeryLongPathIsRefused() {
        assertThatThrownBy(() -> RequestPath.parse("/" + "a".repeat(5_000))).hasMessageContaining("longer");
    }

    @Test
    void anHonestPathIsRead() throws Exception {
        assertThat(RequestPath.parse("/clusters/*/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode/")
                        .segments())
                .containsExactly(
                        "clusters", "*", "apis", "rbac.authorization.k8s.io", "v1", "clusterroles", "system:node");
    }

    /** Whatever is accepted has parts that hold no separator and do not climb. */
    @Property
    void acceptedPartsAreHarmless(
            @ForAll @Chars({'/', '.', '%', '2', 'f', 'e', '5', 'c', '\\', 'a', '0'}) String tail) {
        try {
            assertThat(RequestPath.parse("/" + tail).segments())
                    .allSatisfy(segment ->
                            assertThat(segment).isNotEmpty().isNotIn(".", "..").doesNotContain("/", "\\", "\0"));
        } catch (RefusedPathException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }
}
