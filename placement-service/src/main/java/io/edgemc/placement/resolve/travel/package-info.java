/** What may leave a space, and in what shape (the domain rules, §4). */
@NullMarked
package io.edgemc.placement.resolve.travel;

import org.jspecify.annotations.NullMarked;
