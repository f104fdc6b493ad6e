package org.atoll.boot;

import java.util.function.Supplier;
import org.atoll.abi.Handler;

/**
 * A server or driver of a node.
 *
 * @param endpoint its task
 * @param fresh makes another one of its kind, without state
 */
record Service(int endpoint, Supplier<Handler> fresh) {}
