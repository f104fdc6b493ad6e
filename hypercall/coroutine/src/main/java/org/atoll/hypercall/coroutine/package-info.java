/**
 * What carries the stacks of tasks that wait in the middle of their code. Who starts such a task
 * chooses, by how far its code is trusted:
 *
 * <table>
 *   <caption>What carries a stack</caption>
 *   <tr><th></th><th>{@link Continuations}</th><th>{@link VirtualThreads}</th>
 *     <th>{@link PlatformThreads}</th></tr>
 *   <tr><th>a call and its answer</th><td>tenths of a microsecond</td><td>some tenths</td>
 *     <td>six microseconds and more</td></tr>
 *   <tr><th>flags of the JVM</th><td>{@value Continuations#FLAG}</td>
 *     <td>{@value VirtualThreads#FLAG}</td><td>none</td></tr>
 *   <tr><th>{@code Thread.currentThread()}, thread locals</th><td>the CPU's, and so every other
 *     body's</td><td>the body's own</td><td>the body's own</td></tr>
 *   <tr><th>a {@code Lock} held while waiting</th><td><b>is the CPU's: every other body of that CPU
 *     gets it, too, and on another CPU nobody can unlock it</b></td><td>is the body's</td><td>is
 *     the body's</td></tr>
 *   <tr><th>a monitor held while waiting</th><td><b>the same, or the CPU stands for ever</b>; looked
 *     for at some waits, and the task's end where it is found</td><td>is the body's</td><td>is the
 *     body's</td></tr>
 *   <tr><th>waiting in a static initializer, or below native code</th><td>an error, the task's
 *     end</td><td>an error, the task's end</td><td>allowed</td></tr>
 *   <tr><th>sleeping, or waiting for a lock</th><td>the CPU waits</td><td>the CPU waits</td><td>the
 *     CPU waits</td></tr>
 *   <tr><th>depth</th><td>the stack of the CPU's thread</td><td>the same</td><td>a stack of its
 *     own</td></tr>
 * </table>
 *
 * <p>With all three a CPU runs nothing else until the body waits or ends: whoever waits for a lock
 * that another body holds, and keeps while it waits, stops its CPU.
 */
@NullMarked
package org.atoll.hypercall.coroutine;

import org.jspecify.annotations.NullMarked;
