package io.edgemc.placement.wiring;

import io.edgemc.kube.view.ViewLimits;
import io.edgemc.placement.space.SpaceQuota;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much each space may hold and do, {@code edge-mc.placement.space-quota.*}.
 *
 * @param objects of all kinds
 * @param size of all objects together, as they are stored, without older versions
 * @param watches open at a time
 * @param requests other requests at a time
 */
@ConfigurationProperties("edge-mc.placement.space-quota")
record SpaceQuotaSettings(
        @DefaultValue("100000") long objects,
        @DefaultValue("1GB") DataSize size,
        @DefaultValue("5000") int watches,
        @DefaultValue("1024") int requests) {

    SpaceQuotaSettings {
        if (objects < 1 || size.toBytes() < 1 || watches < 1 || requests < 1) {
            throw new IllegalArgumentException("every edge-mc.placement.space-quota is at least 1");
        }
    }

    SpaceQuota held() {
        return new SpaceQuota(objects, size.toBytes());
    }

    ViewLimits atATime() {
        return new ViewLimits(watches, requests);
    }
}
