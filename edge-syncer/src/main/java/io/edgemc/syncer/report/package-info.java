@NullMarked
package io.edgemc.syncer.report;

import org.jspecify.annotations.NullMarked;
