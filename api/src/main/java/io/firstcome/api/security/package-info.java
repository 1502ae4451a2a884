/** Who may call what: everybody takes part, administrators administer, the rest does not exist. */
@NullMarked
package io.firstcome.api.security;

import org.jspecify.annotations.NullMarked;
