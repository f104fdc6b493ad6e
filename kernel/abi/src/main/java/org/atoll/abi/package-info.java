/**
 * What every room of Atoll agrees on: messages, endpoints, errnos, limits, the interfaces between
 * the kernel and the tasks that it runs. Depends on the JDK alone.
 */
@NullMarked
package org.atoll.abi;

import org.jspecify.annotations.NullMarked;
