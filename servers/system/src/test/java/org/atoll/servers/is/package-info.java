/** Tests of the information server. */
@NullMarked
package org.atoll.servers.is;

import org.jspecify.annotations.NullMarked;
