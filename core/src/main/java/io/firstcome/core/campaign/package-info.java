/** What a campaign is called and which phase it is in. */
@NullMarked
package io.firstcome.core.campaign;

import org.jspecify.annotations.NullMarked;
