package org.atoll.boot;

import java.util.function.Supplier;
import org.atoll.abi.Handler;

/**
 * A server or driver of a node.
 *
 * @param name of its task, as traces show it
 * @param endpoint its task
 * @param fresh makes another one of its kind, without state
 */
record Service(String name, int endpoint, Supplier<Handler> fresh) {}
