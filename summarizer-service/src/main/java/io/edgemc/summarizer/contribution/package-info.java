/** What a reported object adds to which groups, and the algebra of adding and taking back. */
@NullMarked
package io.edgemc.summarizer.contribution;

import org.jspecify.annotations.NullMarked;
