package io.edgemc.placement.space;

/**
 * What memory holds of the current version of an object.
 *
 * @param position its resourceVersion
 * @param contentPosition version in which something other than status last changed
 */
public record Head(long position, long contentPosition, String uid) {}
