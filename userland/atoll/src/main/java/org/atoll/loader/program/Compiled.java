package org.atoll.loader.program;

import java.util.Map;

/**
 * What javac made of a source.
 *
 * @param classes class files by class name; empty when it failed
 * @param main the first class of the source, or empty
 * @param said what javac prints
 */
record Compiled(Map<String, byte[]> classes, String main, String said) {}
