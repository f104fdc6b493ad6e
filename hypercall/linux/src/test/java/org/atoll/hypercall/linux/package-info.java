/** Tests of the Linux host, on real pipes, files and terminals. */
@NullMarked
package org.atoll.hypercall.linux;

import org.jspecify.annotations.NullMarked;
