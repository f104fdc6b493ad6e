/** RS alone, without the servers that it starts. */
@NullMarked
package org.atoll.servers.rs;

import org.jspecify.annotations.NullMarked;
