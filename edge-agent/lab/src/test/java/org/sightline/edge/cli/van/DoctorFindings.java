package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.cli.Sightline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What doctor finds of a box. */
final class DoctorFindings {
  private DoctorFindings() {}

  static List<JsonNode> of(Path settings) {
    StringWriter out = new StringWriter();
    Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(new StringWriter(), true),
        "doctor",
        "--json",
        "--config",
        settings.toString());
    return JsonMapper.shared().readTree(out.toString()).required("findings").valueStream().toList();
  }

  /** The one finding about a subject, as verdict, measured and remedy in one text. */
  static String about(String subject, Path settings) {
    return of(settings).stream()
        .filter(each -> each.required("subject").asString().equals(subject))
        .map(
            each ->
                each.required("verdict").asString()
                    + " "
                    + each.required("measured").asString()
                    + " ("
                    + each.required("remedy").asString()
                    + ")")
        .findFirst()
        .orElse("nothing");
  }
}
