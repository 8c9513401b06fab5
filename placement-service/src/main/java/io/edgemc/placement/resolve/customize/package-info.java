/** How an object looks at one cluster: parameters, customizers, templates, overrides, in this order (the domain rules, §5). */
@NullMarked
package io.edgemc.placement.resolve.customize;

import org.jspecify.annotations.NullMarked;
