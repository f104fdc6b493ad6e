/** Storms of messages, and what their book notices. */
@NullMarked
package org.atoll.boot.storm;

import org.jspecify.annotations.NullMarked;
