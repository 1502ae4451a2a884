/** The resource as Java sees it. The reviewed contract is the YAML in the chart. */
@NullMarked
package io.firstcome.operator.crd;

import org.jspecify.annotations.NullMarked;
