package org.sightline.edge.cli.van;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.cli.NewFiles;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.notice.KeptPage;
import org.sightline.edge.notice.NoticePage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment notice}. */
@Command(
    name = "notice",
    description = {
      "Makes pages for the public, from the authorisation that the settings name and what they say.",
      "",
      "--out: a notice for the place, with place, time, authority, purpose, legal basis, how to"
          + " complain, and a code for telephones where the authorised notice is a web address."
          + " --kept: what this box keeps, where and for how long. Both load nothing and print on"
          + " A4. Whose faces are looked for is in neither."
    },
    exitCodeList = {"0:made", "1:the authorisation does not stand", "2:a file cannot be made"},
    footer = {
      "",
      "Example: sightline deployment notice --config /etc/sightline/agent.yaml --out notice.html"
          + " --complaints https://example.org/complaints --kept kept.html"
    })
final class DeploymentNoticeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @ArgGroup(exclusive = false)
  private @Nullable Notice notice;

  @Option(
      names = "--kept",
      paramLabel = "FILE",
      description = "Page to make on what is kept; an existing file is never overwritten.")
  private @Nullable Path kept;

  /** The notice is not made without a way to complain. */
  static final class Notice {
    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Notice to make; an existing file is never overwritten.")
    private Path out;

    @Option(
        names = "--complaints",
        required = true,
        paramLabel = "TEXT",
        description = "How to complain: an address, a telephone number.")
    private String complaints;
  }

  @Override
  public Integer call() throws SightlineException {
    if (notice != null) {
      NewFiles.requireAbsent(notice.out);
    }
    if (kept != null) {
      NewFiles.requireAbsent(kept);
    }
    try (Device box = device.open()) {
      Authorisation authorisation = authorisation(box);
      if (notice != null) {
        make(notice.out, NoticePage.of(authorisation, notice.complaints));
      }
      if (kept != null) {
        make(kept, KeptPage.of(authorisation, box.settings().broker().onvif()));
      }
    }
    return 0;
  }

  private static Authorisation authorisation(Device box) throws SightlineException {
    Path file = box.settings().deployment().authorisation();
    AuthorisationStatus status = box.deployments().permission(file, box.pack());
    if (status instanceof AuthorisationStatus.Refused refused) {
      throw new SightlineException(
          refused.refusal().kind(),
          "there is nothing to announce: " + refused.refusal().line(),
          file.toString(),
          refused.refusal().remedy());
    }
    return status.authorised().orElseThrow();
  }

  private void make(Path file, String page) throws SightlineException {
    DocumentFile.create(file, page.getBytes(UTF_8));
    spec.commandLine().getOut().println(file);
  }
}
