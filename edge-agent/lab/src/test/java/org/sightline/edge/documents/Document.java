package org.sightline.edge.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page in Markdown.
 *
 * @param blocks what stands between fences
 * @param codes code within a line
 * @param links what is linked: files, anchors and addresses
 * @param anchors of its headings
 */
public record Document(
    Path file, List<Block> blocks, List<String> codes, List<String> links, Set<String> anchors) {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("\\s*```(\\S*)(?: (\\S+))?");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern IMAGE_AS_LINK = Pattern.compile("!\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#+ (.*)");

  /**
   * A fenced block.
   *
   * @param line of its first fence
   * @param language empty if none is given
   * @param name of the file that it is, or empty
   */
  public record Block(Path file, int line, String language, String name, String content) {
    @Override
    public String toString() {
      return REPOSITORY.relativize(file) + ":" + line;
    }
  }

  @Override
  public String toString() {
    return REPOSITORY.relativize(file).toString();
  }

  /** All pages of the repository. */
  public static List<Document> all() throws IOException {
    return below(REPOSITORY);
  }

  /** All pages of a folder, its documents and its model packs. */
  public static List<Document> below(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : List.of("docs", "models")) {
      try (Stream<Path> within = Files.walk(folder.resolve(place))) {
        within.filter(Document::isOne).forEach(files::add);
      }
    }
    try (Stream<Path> top = Files.list(folder)) {
      top.filter(Document::isOne).forEach(files::add);
    }
    List<Document> documents = new ArrayList<>();
    for (Path file : files.stream().sorted().toList()) {
      documents.add(read(file));
    }
    return documents;
  }

  private static boolean isOne(Path file) {
    return file.toString().endsWith(".md");
  }

  /** Every block of all pages. */
  public static List<Block> allBlocks() throws IOException {
    return all().stream().flatMap(document -> document.blocks().stream()).toList();
  }

  /** A file of the repository. */
  public static Path inRepository(String path) {
    return REPOSITORY.resolve(path);
  }

  /** Reads a page. */
  public static Document read(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        text.append(lines.get(i)).append('\n');
        continue;
      }
      int first = i + 1;
      StringBuilder content = new StringBuilder();
      while (!lines.get(++i).strip().equals("```")) {
        content.append(lines.get(i)).append('\n');
      }
      String name = fence.group(2) == null ? "" : fence.group(2);
      blocks.add(new Block(file, first, fence.group(1), name, content.toString()));
    }
    String withoutCode = CODE.matcher(text).replaceAll("x");
    return new Document(
        file, blocks, found(CODE, text), links(withoutCode), anchors(text.toString()));
  }

  /** Links to files and headings that are not there. */
  public List<String> deadLinks() throws IOException {
    List<String> dead = new ArrayList<>();
    for (String link : links) {
      if (!link.matches("[a-z]+:.*") && isDead(link)) {
        dead.add(link);
      }
    }
    return dead;
  }

  private boolean isDead(String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
    if (parts.length == 1 || Files.notExists(target)) {
      return Files.notExists(target);
    }
    return !isOne(target) || !read(target).anchors().contains(parts[1]);
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>(found(IMAGE_AS_LINK, text));
    links.addAll(found(LINK, IMAGE_AS_LINK.matcher(text).replaceAll("x")));
    return links;
  }

  private static List<String> found(Pattern pattern, CharSequence text) {
    return pattern.matcher(text).results().map(result -> result.group(1)).toList();
  }

  /** As GitHub makes them: letters, digits, hyphens; a number where one is there already. */
  private static Set<String> anchors(String text) {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> times = new HashMap<>();
    text.lines()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(heading -> LINK.matcher(heading.group(1)).replaceAll(Document::shown))
        .map(
            heading ->
                heading
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                    .replace(' ', '-'))
        .forEach(
            anchor -> {
              int before = times.merge(anchor, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? anchor : anchor + "-" + before);
            });
    return anchors;
  }

  private static String shown(MatchResult link) {
    return Matcher.quoteReplacement(link.group().replaceFirst("^\\[(.*)\\]\\(.*$", "$1"));
  }
}
