@NullMarked
package io.edgemc.syncer.config;

import org.jspecify.annotations.NullMarked;
