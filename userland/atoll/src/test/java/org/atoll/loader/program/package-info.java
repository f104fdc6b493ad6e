/** The guest's Java programs: what is refused, and what is put in the place of the host. */
@NullMarked
package org.atoll.loader.program;

import org.jspecify.annotations.NullMarked;
