/**
 * The api in a Kubernetes cluster: administrators' campaigns are Campaign resources, which the
 * operator keeps registered, and runs that are started by hand are Jobs. Everything here is off
 * without {@code firstcome.cluster.namespace}, and nothing elsewhere knows of Kubernetes.
 */
@NullMarked
package io.firstcome.api.cluster;

import org.jspecify.annotations.NullMarked;
