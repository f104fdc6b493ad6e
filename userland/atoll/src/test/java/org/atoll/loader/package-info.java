/** Tests of the loading of services. */
@NullMarked
package org.atoll.loader;

import org.jspecify.annotations.NullMarked;
