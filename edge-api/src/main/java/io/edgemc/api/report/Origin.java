package io.edgemc.api.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a reported object comes from. */
public enum Origin {
    /** The hub sent it. */
    @JsonProperty("downsync")
    DOWNSYNC,
    /** It was born at the edge. */
    @JsonProperty("upsync")
    UPSYNC
}
