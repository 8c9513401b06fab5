package io.edgemc.kube.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.facts.BuiltInKinds;
import io.edgemc.kube.kind.Kinds;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {
    private final OpenApi openApi = new OpenApi(new Kinds(BuiltInKinds.all()));

    /** kubectl is configured with {@code /clusters/*}, asks for {@code /clusters/%2A}, and compares with what it was configured with. */
    @ParameterizedTest
    @CsvSource({"/clusters/%2A,/clusters/*", "/clusters/*,/clusters/*", "/spaces/x,/spaces/x", "'',''"})
    void addressesOfDocumentsBeginWithThePathThatClientsKnow(String asked, String known) {
        // When
        String address = openApi.index(asked)
                .path("paths")
                .path("api/v1")
                .path("serverRelativeURL")
                .asString();

        // Then
        assertThat(address).startsWith(known + "/openapi/v3/api/v1?hash=");
    }

    @Test
    void theAddressOfADocumentIsTheSameAsLongAsItsContentIs() {
        OpenApi another = new OpenApi(new Kinds(BuiltInKinds.all()));
        OpenApi fewer = new OpenApi(new Kinds(BuiltInKinds.all().stream()
                .filter(kind -> !kind.kind().equals("ConfigMap"))
                .toList()));

        assertThat(another.index("/spaces/x")).isEqualTo(openApi.index("/spaces/x"));
        assertThat(fewer.index("/spaces/x").path("paths").path("api/v1"))
                .isNotEqualTo(openApi.index("/spaces/x").path("paths").path("api/v1"));
    }

    @Test
    void aDocumentSaysThatWritesAreValidated() {
        // When
        String patch = Objects.requireNonNull(openApi.document("", "v1"))
                .path("paths")
                .path("/api/v1/namespaces/{namespace}/configmaps/{name}")
                .path("patch")
                .path("parameters")
                .toString();

        // Then kubectl leaves the validation to the server
        assertThat(patch).contains("\"fieldValidation\"");
    }
}
