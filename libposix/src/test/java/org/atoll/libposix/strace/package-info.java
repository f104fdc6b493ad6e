/** Tests of how calls print. */
@org.jspecify.annotations.NullMarked
package org.atoll.libposix.strace;
