/** Decides a campaign's log once more and compares with what the tables say. */
@NullMarked
package io.firstcome.replay;

import org.jspecify.annotations.NullMarked;
