/**
 * How the machines of one VOS find each other: what node 0 and the agent of another machine say to
 * each other, by TLS, before and beside the links of their nodes.
 */
@NullMarked
package org.atoll.boot.hosts;

import org.jspecify.annotations.NullMarked;
