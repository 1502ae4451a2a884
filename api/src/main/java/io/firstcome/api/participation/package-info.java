/** One request in, one result out: the door, the log, and the results by place. */
@NullMarked
package io.firstcome.api.participation;

import org.jspecify.annotations.NullMarked;
