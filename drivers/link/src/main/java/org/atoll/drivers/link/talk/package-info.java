/** What the links of a VOS tell each other, beside the kernel's frames. */
@NullMarked
package org.atoll.drivers.link.talk;

import org.jspecify.annotations.NullMarked;
