/** The data store: values under names, for whoever asks or subscribes. */
@NullMarked
package org.atoll.servers.ds;

import org.jspecify.annotations.NullMarked;
