/** Tests of VM's rules. */
@NullMarked
package org.atoll.servers.vm;

import org.jspecify.annotations.NullMarked;
