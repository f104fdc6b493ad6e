/** What the command says, without a VOS. */
@NullMarked
package org.atoll.cli;

import org.jspecify.annotations.NullMarked;
