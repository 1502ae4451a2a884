/** Counts what was decided, by campaign and business day. */
@NullMarked
package io.firstcome.batch.dailystatistics;

import org.jspecify.annotations.NullMarked;
