package org.atoll.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atoll.image.root.ImageException;

/**
 * What an image is made of, kept beside it as {@code NAME.json}.
 *
 * @param recipe the number of the rules that made it; an image of older rules is made again
 * @param source where its files come from: a suite, or the file that was imported
 * @param packages sorted by name; none when it was imported
 */
public record Manifest(String name, int recipe, Source source, List<Deb> packages, Tar tar) {

  /**
   * Where the files of an image come from.
   *
   * @param address of the mirror, or the path of what was imported
   * @param suite empty when it was imported, as the two after it
   * @param date of the signed release, ISO 8601
   * @param signer fingerprint of the certificate that signed it
   */
  public record Source(String address, String suite, String date, String signer) {}

  /** A package of an image and the hash of the file that it came in. */
  public record Deb(String name, String version, String sha256) {}

  /** The tar itself. */
  public record Tar(long sizeBytes, String sha256, int entries) {}

  /** The manifest as JSON text. */
  public String write() {
    Map<String, Json> all = new LinkedHashMap<>();
    all.put("name", Json.text(name));
    all.put("recipe", Json.number(recipe));
    all.put("address", Json.text(source.address()));
    all.put("suite", Json.text(source.suite()));
    all.put("date", Json.text(source.date()));
    all.put("signer", Json.text(source.signer()));
    all.put("sizeBytes", Json.number(tar.sizeBytes()));
    all.put("sha256", Json.text(tar.sha256()));
    all.put("entries", Json.number(tar.entries()));
    all.put("packages", new Json.Arr(packages.stream().map(Manifest::json).toList()));
    return new Json.Obj(all).write();
  }

  /** Reads what {@link #write()} has written. */
  public static Manifest parse(String text) throws ImageException {
    Json all = Json.parse(text);
    return new Manifest(
        all.get("name").asText(),
        (int) all.get("recipe").asLong(),
        new Source(
            all.get("address").asText(),
            all.get("suite").asText(),
            all.get("date").asText(),
            all.get("signer").asText()),
        all.get("packages").items().stream().map(Manifest::debOf).toList(),
        new Tar(
            all.get("sizeBytes").asLong(),
            all.get("sha256").asText(),
            (int) all.get("entries").asLong()));
  }

  private static Json json(Deb deb) {
    Map<String, Json> all = new LinkedHashMap<>();
    all.put("name", Json.text(deb.name()));
    all.put("version", Json.text(deb.version()));
    all.put("sha256", Json.text(deb.sha256()));
    return new Json.Obj(all);
  }

  private static Deb debOf(Json json) {
    return new Deb(
        json.get("name").asText(), json.get("version").asText(), json.get("sha256").asText());
  }
}
