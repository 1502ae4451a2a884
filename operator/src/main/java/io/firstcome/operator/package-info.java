/** Keeps a campaign as its resource says: observe, plan, act, and one status a pass. */
@NullMarked
package io.firstcome.operator;

import org.jspecify.annotations.NullMarked;
