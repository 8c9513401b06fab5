package io.edgemc.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegistrationTest {
    private static final JsonNode REGISTERED = JsonMapper.shared().readTree("""
            {"kind": "Cluster",
             "metadata": {"name": "harbour", "labels": {"region": "north", "tier": ""}},
             "spec": {"properties": {"domain": "harbour.example"}}}""");

    @Test
    void whatIsThereAsAskedForMakesNoDifference() {
        assertThat(Registration.differences(REGISTERED, Map.of(), Map.of())).isEmpty();
        assertThat(Registration.differences(
                        REGISTERED, Map.of("region", "north", "tier", ""), Map.of("domain", "harbour.example")))
                .isEmpty();
    }

    @Test
    void whatIsMissingOrOtherwiseIsTold() {
        assertThat(Registration.differences(
                        REGISTERED, Map.of("region", "south", "zone", ""), Map.of("domain", "quay.example", "ip", "1")))
                .containsExactly(
                        "label region is north",
                        "label zone is missing",
                        "property domain is harbour.example",
                        "property ip is missing");
    }
}
