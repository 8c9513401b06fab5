package io.edgemc.summarizer.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.json.ApiJson;
import io.edgemc.summarizer.definition.RowSource.PlacementStates;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInDefinitionsTest {
    @Test
    void areDataThatSurvivesBeingWritten() {
        for (SummaryDefinition definition : BuiltInDefinitions.all()) {
            SummaryDefinition read =
                    ApiJson.MAPPER.readValue(ApiJson.MAPPER.writeValueAsBytes(definition), SummaryDefinition.class);
            assertThat(read).isEqualTo(definition);
            assertThat(read.version()).isEqualTo(definition.version());
        }
    }

    @Test
    void anEditIsAnotherVersion() {
        SummaryDefinition before = definition(new GroupColumn("a", "item.space"));
        SummaryDefinition after = definition(new GroupColumn("a", "item.name"));

        assertThat(after.version()).isNotEqualTo(before.version());
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        assertThatThrownBy(() -> definition(new GroupColumn("n", "item.space")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two columns are called n");
    }

    private static SummaryDefinition definition(GroupColumn column) {
        return new SummaryDefinition(
                "s",
                1,
                new PlacementStates(),
                null,
                null,
                List.of(column),
                List.of(new CombinedField("n", AggregateType.COUNT, null)),
                0);
    }
}
