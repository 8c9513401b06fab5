package io.edgemc.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.gateway.limit.UserLimits.Limits;
import io.edgemc.gateway.limit.UserLimits.Place;
import org.junit.jupiter.api.Test;

class UserLimitsTest {

    @Test
    void oneUserCannotTakeAllPlacesAndStreamsCountApart() {
        // Given
        UserLimits limits = new UserLimits(new Limits(2, 1, 100), 10);
        Place first = limits.enter("eve", false).orElseThrow();
        limits.enter("eve", false).orElseThrow();

        // When / Then
        assertThat(limits.enter("eve", false)).isEmpty();
        assertThat(limits.enter("eve", true)).isPresent();
        assertThat(limits.enter("eve", true)).isEmpty();
        assertThat(limits.enter("vic", false)).isPresent();

        // When
        first.close();

        // Then
        assertThat(limits.enter("eve", false)).isPresent();
    }

    @Test
    void aUserWhoAsksTooOftenWaits() {
        UserLimits limits = new UserLimits(new Limits(100, 100, 3), 10);
        for (int i = 0; i < 3; i++) {
            limits.enter("eve", false).orElseThrow().close();
        }
        assertThat(limits.enter("eve", false)).isEmpty();
    }

    @Test
    void streamsOfAllUsersHaveALimitToo() {
        UserLimits limits = new UserLimits(new Limits(10, 2, 100), 3);

        Place first = limits.enter("ann", true).orElseThrow();
        assertThat(limits.enter("ann", true)).isPresent();
        assertThat(limits.enter("bob", true)).isPresent();
        assertThat(limits.enter("cas", true)).isEmpty();
        assertThat(limits.enter("cas", false)).isPresent();

        first.close();

        // The refusal took no place of the user's own.
        assertThat(limits.enter("cas", true)).isPresent();
        assertThat(limits.enter("ann", true)).isEmpty();
    }
}
