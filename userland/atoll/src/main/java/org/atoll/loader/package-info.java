/**
 * Services of one's own: from a Java source to a class that a node can run and replace. Compiles in
 * this process, refuses what a server must not use, and gives each version a class loader.
 */
@NullMarked
package org.atoll.loader;

import org.jspecify.annotations.NullMarked;
