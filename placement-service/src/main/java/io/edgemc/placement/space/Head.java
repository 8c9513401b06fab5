package io.edgemc.placement.space;

/**
 * What memory holds of the current version of an object.
 *
 * @param position its resourceVersion
 * @param contentPosition version in which something other than status last changed
 * @param bytes of its body, opened
 */
public record Head(long position, long contentPosition, String uid, int bytes) {}
