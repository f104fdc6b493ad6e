/** Tests of PM's rules. */
@NullMarked
package org.atoll.servers.pm;

import org.jspecify.annotations.NullMarked;
