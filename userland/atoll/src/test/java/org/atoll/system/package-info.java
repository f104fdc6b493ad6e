/** Whole-system tests: start Atoll as a person does and look at what it prints and how it exits. */
@NullMarked
package org.atoll.system;

import org.jspecify.annotations.NullMarked;
