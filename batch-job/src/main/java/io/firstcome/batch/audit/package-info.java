/** The job that proves results from the log; see README.md. */
@NullMarked
package io.firstcome.batch.audit;

import org.jspecify.annotations.NullMarked;
