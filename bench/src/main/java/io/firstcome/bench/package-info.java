/**
 * Firstcome against the usual designs and against the limits of the machine, in one run.
 *
 * <p>Every comparison is a ratio of two figures that were taken one after the other on the same
 * machine, several times; a run whose winners, stock or order are wrong counts for nothing and
 * fails.
 */
@NullMarked
package io.firstcome.bench;

import org.jspecify.annotations.NullMarked;
