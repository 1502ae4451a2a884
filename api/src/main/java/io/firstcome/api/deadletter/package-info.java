/** Records that could not be read: shown to operators, and sent again on request. */
@NullMarked
package io.firstcome.api.deadletter;

import org.jspecify.annotations.NullMarked;
