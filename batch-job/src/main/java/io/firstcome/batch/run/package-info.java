/** Starting and following runs of jobs: one at a time in all processes of a database. */
@NullMarked
package io.firstcome.batch.run;

import org.jspecify.annotations.NullMarked;
