// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr.internal;

import io.pprof4j.profile.ProfileFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a chunk, from its metadata event. */
final class Metadata {
  /*
   * The event holds a table of texts and a tree of elements, each with attributes:
   * root > metadata > class > field > annotation. Texts are referred to by their index.
   */
  private static final int MAX_DEPTH = 32;

  private static final String TIMESPAN = "jdk.jfr.Timespan";

  private record Element(String name, Map<String, String> attributes, List<Element> children) {
    String attribute(String key) {
      return attributes.getOrDefault(key, "");
    }

    List<Element> children(String wanted) {
      return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }
  }

  private final Map<Long, JfrType> types = new HashMap<>();
  private final Map<String, JfrType> typeOfName = new HashMap<>();

  /** What the event says, from its texts on. */
  private final byte[] source;

  private Metadata(byte[] source) {
    this.source = source;
  }

  /**
   * Reads a metadata event.
   *
   * @param in at the event's size
   * @param other that of another chunk, which is mostly the same; null if there is none
   */
  static Metadata read(Cursor in, @Nullable Metadata other) throws ProfileFormatException {
    in.number(); // size
    long type = in.number();
    if (type != 0) {
      throw in.malformed("an event of type " + type + " where the metadata should be");
    }
    in.skipNumbers(3); // start, duration, id
    int from = in.position();
    int to = from + in.remaining();
    if (other != null
        && Arrays.equals(other.source, 0, other.source.length, in.bytes(), from, to)) {
      return other;
    }
    byte[] source = Arrays.copyOfRange(in.bytes(), from, to);
    List<String> texts = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      String text = in.text(null);
      texts.add(text == null ? "" : text);
    }
    Element root = element(in, texts, 0);
    Metadata metadata = new Metadata(source);
    for (Element part : root.children("metadata")) {
      metadata.define(part.children("class"), in);
    }
    return metadata;
  }

  private static Element element(Cursor in, List<String> texts, int depth)
      throws ProfileFormatException {
    if (depth > MAX_DEPTH) {
      throw in.malformed("metadata deeper than " + MAX_DEPTH + " elements");
    }
    String name = text(in, texts);
    Map<String, String> attributes = new HashMap<>();
    for (int left = in.count(); left > 0; left--) {
      attributes.put(text(in, texts), text(in, texts));
    }
    List<Element> children = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      children.add(element(in, texts, depth + 1));
    }
    return new Element(name, attributes, children);
  }

  private static String text(Cursor in, List<String> texts) throws ProfileFormatException {
    long index = in.number();
    if (index < 0 || index >= texts.size()) {
      throw in.malformed("text %d of %d in the metadata".formatted(index, texts.size()));
    }
    return texts.get((int) index);
  }

  private void define(List<Element> classes, Cursor in) throws ProfileFormatException {
    Map<Long, String> names = new HashMap<>();
    for (Element element : classes) {
      names.put(number(element, "id", in), element.attribute("name"));
    }
    for (Element element : classes) {
      List<JfrType.Field> fields = new ArrayList<>();
      for (Element field : element.children("field")) {
        fields.add(
            new JfrType.Field(
                field.attribute("name"),
                number(field, "class", in),
                field.attribute("constantPool").equals("true"),
                field.attribute("dimension").equals("1"),
                timespan(field, names, in)));
      }
      JfrType type =
          new JfrType(number(element, "id", in), element.attribute("name"), List.copyOf(fields));
      types.put(type.id(), type);
      typeOfName.putIfAbsent(type.name(), type);
    }
  }

  private static @Nullable String timespan(Element field, Map<Long, String> names, Cursor in)
      throws ProfileFormatException {
    for (Element annotation : field.children("annotation")) {
      if (TIMESPAN.equals(names.get(number(annotation, "class", in)))) {
        return annotation.attribute("value");
      }
    }
    return null;
  }

  private static long number(Element element, String key, Cursor in) throws ProfileFormatException {
    String text = element.attribute(key);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw in.malformed("no number as %s of %s: %s".formatted(key, element.name, text));
    }
  }

  /** The type of a number; null if there is none. */
  @Nullable JfrType type(long id) {
    return types.get(id);
  }

  /** The type of constants, by its number, which the cursor has just read. */
  JfrType typeOfConstants(long id, Cursor in) throws ProfileFormatException {
    JfrType type = types.get(id);
    if (type == null) {
      throw in.malformed("constants of type " + id + ", which is not defined");
    }
    return type;
  }

  /** The type of a name; null if there is none. */
  @Nullable JfrType type(String name) {
    return typeOfName.get(name);
  }
}
