package io.edgemc.summarizer.contribution;

/**
 * Where a contribution goes: one group of one edition of a definition.
 *
 * @param summary name of the definition
 * @param generation of the definition
 * @param version of the definition, which tells editions apart
 * @param group values of the columns
 */
public record Slot(String summary, long generation, String version, Group group) {}
