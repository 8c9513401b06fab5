package io.edgemc.summarizer.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgemc.api.target.Combination;
import io.edgemc.api.target.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A content that says why clusters hold what they hold: a combination or a decision.
 *
 * @param combination null if it is a decision
 * @param decision null if it is a combination
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KnownContent(
        @Nullable Combination combination, @Nullable Decision decision) {}
