/** The {@code atoll} command: what a person types, checked and handed to the boot. */
@NullMarked
package org.atoll.cli;

import org.jspecify.annotations.NullMarked;
