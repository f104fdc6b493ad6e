/** The least program: {@code ./atoll run -v userland/examples/java:/w -- java /w/Hello.java}. */
void main(String[] names) {
  IO.println("Hello, " + (names.length == 0 ? "world" : String.join(" and ", names)) + "!");
}
