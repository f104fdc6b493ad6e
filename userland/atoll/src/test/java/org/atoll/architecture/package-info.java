/** The walls between the rooms, checked on the compiled classes of the whole tree. */
@NullMarked
package org.atoll.architecture;

import org.jspecify.annotations.NullMarked;
