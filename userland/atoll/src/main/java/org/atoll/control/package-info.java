/** The way to a running VOS from another terminal: a Unix domain socket, its two ends. */
@NullMarked
package org.atoll.control;

import org.jspecify.annotations.NullMarked;
