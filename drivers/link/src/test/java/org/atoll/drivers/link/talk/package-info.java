@NullMarked
package org.atoll.drivers.link.talk;

import org.jspecify.annotations.NullMarked;
