/** Tests of the data store. */
@NullMarked
package org.atoll.servers.ds;

import org.jspecify.annotations.NullMarked;
