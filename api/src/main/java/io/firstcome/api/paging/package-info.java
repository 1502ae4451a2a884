/** How every list of the admin API is cut into pages. */
@NullMarked
package io.firstcome.api.paging;

import org.jspecify.annotations.NullMarked;
