/** Stage one, by cluster: keeps what each cluster reported and turns its changes into differences of groups. */
@NullMarked
package io.edgemc.summarizer.cluster;

import org.jspecify.annotations.NullMarked;
