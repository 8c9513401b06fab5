/** Bad input: whatever a client sends, the answer is clear, and nothing hangs, fails or is stored half. */
@NullMarked
package io.edgemc.kube.fuzz;

import org.jspecify.annotations.NullMarked;
