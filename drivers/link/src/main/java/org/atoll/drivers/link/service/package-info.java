/**
 * What is put into a link while it runs, and taken out again, without the guest knowing: packing
 * frames smaller, and shaping as a slower network would.
 */
@NullMarked
package org.atoll.drivers.link.service;

import org.jspecify.annotations.NullMarked;
