/** Control: brings what people ask of a running VOS to its services. */
@NullMarked
package org.atoll.drivers.control;

import org.jspecify.annotations.NullMarked;
