@NullMarked
package io.edgemc.syncer.http;

import org.jspecify.annotations.NullMarked;
