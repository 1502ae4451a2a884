/** The pages: which file is shown at which path. What they show they get from the API. */
@NullMarked
package io.firstcome.api.page;

import org.jspecify.annotations.NullMarked;
