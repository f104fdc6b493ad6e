package org.atoll.servers.tty;

import java.util.Arrays;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * The modes of a terminal: what tcgetattr(3) shows, with Linux's values for riscv64 (asm-generic).
 * Which characters are special under these modes is worked out when they change, so that bytes can
 * be looked at quickly.
 */
final class Termios {

  /** struct termios: four words of modes, the line discipline, 19 characters. */
  static final int BYTES = 36;

  /** struct termios2: the speeds behind it. */
  static final int BYTES2 = 44;

  /** struct termio: modes of 16 bits, 8 characters. */
  static final int OLD_BYTES = 18;

  // input
  static final int IGNBRK = 0x1;
  static final int BRKINT = 0x2;
  static final int PARMRK = 0x8;
  static final int ISTRIP = 0x20;
  static final int INLCR = 0x40;
  static final int IGNCR = 0x80;
  static final int ICRNL = 0x100;
  static final int IUCLC = 0x200;
  static final int IXON = 0x400;
  static final int IXANY = 0x800;
  static final int IXOFF = 0x1000;
  static final int IUTF8 = 0x4000;

  // output
  static final int OPOST = 0x1;
  static final int OLCUC = 0x2;
  static final int ONLCR = 0x4;
  static final int OCRNL = 0x8;
  static final int ONOCR = 0x10;
  static final int ONLRET = 0x20;
  static final int TABDLY = 0x1800;
  static final int XTABS = 0x1800;

  // control
  static final int CSIZE_PARENB = 0x30 | 0x100;
  static final int CS8_CREAD = 0x30 | 0x80;
  static final int HUPCL = 0x400;
  static final int CLOCAL = 0x800;

  // local
  static final int ISIG = 0x1;
  static final int ICANON = 0x2;
  static final int ECHO = 0x8;
  static final int ECHOE = 0x10;
  static final int ECHOK = 0x20;
  static final int ECHONL = 0x40;
  static final int NOFLSH = 0x80;
  static final int TOSTOP = 0x100;
  static final int ECHOCTL = 0x200;
  static final int ECHOPRT = 0x400;
  static final int ECHOKE = 0x800;
  static final int IEXTEN = 0x8000;
  static final int EXTPROC = 0x10000;

  // characters
  static final int VINTR = 0;
  static final int VQUIT = 1;
  static final int VERASE = 2;
  static final int VKILL = 3;
  static final int VEOF = 4;
  static final int VTIME = 5;
  static final int VMIN = 6;
  static final int VSTART = 8;
  static final int VSTOP = 9;
  static final int VSUSP = 10;
  static final int VEOL = 11;
  static final int VREPRINT = 12;
  static final int VWERASE = 14;
  static final int VLNEXT = 15;
  static final int VEOL2 = 16;
  static final int CHARACTERS = 19;

  private static final int OLD_CHARACTERS = 8;
  private static final int VERSION = 1;
  private static final int SPEED = 38_400;
  private static final byte[] USUAL = {
    3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0
  };

  int input = ICRNL | IXON;
  int output = OPOST | ONLCR;
  int control = 0xbf;
  int local = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
  int discipline;
  final byte[] characters = USUAL.clone();
  private int inputSpeed = SPEED;
  private int outputSpeed = SPEED;

  private final boolean[] special = new boolean[256];
  private boolean raw;

  Termios() {
    changed();
  }

  boolean input(int flag) {
    return (input & flag) != 0;
  }

  boolean output(int flag) {
    return (output & flag) != 0;
  }

  boolean local(int flag) {
    return (local & flag) != 0;
  }

  /** Whether input is read line by line. */
  boolean canonical() {
    return (local & (ICANON | EXTPROC)) == ICANON;
  }

  /** A control character by its index, 0 to 255. */
  int character(int index) {
    return characters[index] & 0xff;
  }

  /** Whether input goes through without a look at it. */
  boolean isRaw() {
    return raw;
  }

  /** Whether a byte may be more than itself. */
  boolean isSpecial(int c) {
    return special[c];
  }

  /** Works out what follows from the modes. */
  void changed() {
    Arrays.fill(special, false);
    int looks = ISTRIP | IUCLC | IGNCR | ICRNL | INLCR | IXON | PARMRK;
    raw = !input(looks) && !local(ICANON | ISIG | ECHO);
    special['\r'] = input(IGNCR | ICRNL);
    special['\n'] = input(INLCR);
    if (local(ICANON)) {
      special['\n'] = true;
      mark(VERASE, VKILL, VEOF, VEOL);
      if (local(IEXTEN)) {
        mark(VWERASE, VLNEXT, VEOL2);
        if (local(ECHO)) {
          mark(VREPRINT);
        }
      }
    }
    if (input(IXON)) {
      mark(VSTART, VSTOP);
    }
    if (local(ISIG)) {
      mark(VINTR, VQUIT, VSUSP);
    }
    special[0] = false;
  }

  private void mark(int... indices) {
    for (int index : indices) {
      special[character(index)] = true;
    }
  }

  // ---- as programs see it

  void encode(byte[] to, boolean speeds) {
    putInt(to, 0, input);
    putInt(to, 4, output);
    putInt(to, 8, control);
    putInt(to, 12, local);
    to[16] = (byte) discipline;
    System.arraycopy(characters, 0, to, 17, CHARACTERS);
    if (speeds) {
      putInt(to, 36, inputSpeed);
      putInt(to, 40, outputSpeed);
    }
  }

  void decode(byte[] from, boolean speeds) {
    input = getInt(from, 0);
    output = getInt(from, 4);
    control = getInt(from, 8);
    local = getInt(from, 12);
    discipline = from[16] & 0xff;
    System.arraycopy(from, 17, characters, 0, CHARACTERS);
    if (speeds) {
      inputSpeed = getInt(from, 36);
      outputSpeed = getInt(from, 40);
    }
    changed();
  }

  void encodeOld(byte[] to) {
    int[] modes = {input, output, control, local};
    for (int i = 0; i < modes.length; i++) {
      to[2 * i] = (byte) modes[i];
      to[2 * i + 1] = (byte) (modes[i] >>> 8);
    }
    to[8] = (byte) discipline;
    System.arraycopy(characters, 0, to, 9, OLD_CHARACTERS);
  }

  /** The upper halves of the modes stay. */
  void decodeOld(byte[] from) {
    input = half(input, from, 0);
    output = half(output, from, 2);
    control = half(control, from, 4);
    local = half(local, from, 6);
    discipline = from[8] & 0xff;
    System.arraycopy(from, 9, characters, 0, OLD_CHARACTERS);
    changed();
  }

  private static int half(int mode, byte[] from, int at) {
    return mode & 0xffff_0000 | from[at] & 0xff | (from[at + 1] & 0xff) << 8;
  }

  static void putInt(byte[] to, int at, int value) {
    for (int i = 0; i < 4; i++) {
      to[at + i] = (byte) (value >>> 8 * i);
    }
  }

  static int getInt(byte[] from, int at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (from[at + i] & 0xff) << 8 * i;
    }
    return value;
  }

  void save(StateWriter out) {
    byte[] bytes = new byte[BYTES2];
    encode(bytes, true);
    out.version(VERSION).writeBytes(bytes);
  }

  void load(StateReader in) {
    in.version(VERSION);
    decode(in.readBytes(), true);
  }
}
