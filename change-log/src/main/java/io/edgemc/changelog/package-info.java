/**
 * Positions in commit order over PostgreSQL, and following them without gaps. A table that is to be followed has a column
 * {@code position}; a row that changes takes a new one. Followers read {@code position > cursor} in order: because the
 * counter's row lock is held until the commit, whoever sees a position sees every smaller one as well.
 */
@NullMarked
package io.edgemc.changelog;

import org.jspecify.annotations.NullMarked;
