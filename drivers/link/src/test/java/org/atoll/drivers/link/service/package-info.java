@NullMarked
package org.atoll.drivers.link.service;

import org.jspecify.annotations.NullMarked;
