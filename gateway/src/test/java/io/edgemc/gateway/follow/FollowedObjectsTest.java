package io.edgemc.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.json.ApiJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FollowedObjectsTest {
    private final FollowedObjects objects = new FollowedObjects();

    @Test
    void nothingIsKnownBeforeTheFirstList() {
        assertThat(objects.objects()).isEmpty();
    }

    @Test
    void changesOlderThanTheLastListArePassedOver() {
        // Given a list that is ahead of the watch
        objects.replace(10, List.of(object("a", 9)));

        // When
        boolean deleted = objects.apply("DELETED", object("a", 5));
        boolean added = objects.apply("ADDED", object("b", 11));

        // Then
        assertThat(deleted).isFalse();
        assertThat(added).isTrue();
        assertThat(names()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anOlderListDoesNotUndoAChange() {
        // Given
        objects.replace(10, List.of(object("a", 9)));
        objects.apply("DELETED", object("a", 12));

        // When
        objects.replace(11, List.of(object("a", 9)));

        // Then
        assertThat(names()).isEmpty();
    }

    @Test
    void aBookmarkMovesTheVersionOnly() {
        objects.replace(10, List.of(object("a", 9)));
        assertThat(objects.apply("BOOKMARK", object("", 40))).isFalse();
        assertThat(objects.version()).isEqualTo(40);
        assertThat(names()).containsExactly("a");
    }

    private List<String> names() {
        return objects.objects().orElseThrow().stream()
                .map(object -> object.path("metadata").path("name").asString())
                .toList();
    }

    private static JsonNode object(String name, long version) {
        return ApiJson.MAPPER.readTree(
                "{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"%d\"}}".formatted(name, version));
    }
}
