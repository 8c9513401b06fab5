@NullMarked
package io.edgemc.api.report;

import org.jspecify.annotations.NullMarked;
