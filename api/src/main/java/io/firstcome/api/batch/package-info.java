/** Runs of the batch jobs: what they did, and starting one by hand. */
@NullMarked
package io.firstcome.api.batch;

import org.jspecify.annotations.NullMarked;
