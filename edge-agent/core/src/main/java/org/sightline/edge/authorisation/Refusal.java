package org.sightline.edge.authorisation;

import java.time.Instant;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.VanId;

/** Why an authorisation permits nothing. */
public sealed interface Refusal {
  /** The reason in one line, without a full stop. */
  String line();

  /** What the reader can do about it. */
  default String remedy() {
    return "have the deployment authorised";
  }

  /** Refused as by a safeguard, unless the file cannot be used at all. */
  default ErrorKind kind() {
    return ErrorKind.REFUSED;
  }

  /** There is no file, or it cannot be read. */
  record Unreadable(String what, String file) implements Refusal {
    @Override
    public String line() {
      return "the authorisation cannot be read: " + what + ": " + file;
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** The file is not a signed authorisation of a known version, or was damaged. */
  record Malformed() implements Refusal {
    @Override
    public String line() {
      return "the file is not an authorisation, or was altered";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** It says more than this version understands, which may be a rule to be kept. */
  record NewerVersion(String member) implements Refusal {
    @Override
    public String line() {
      return "the authorisation was made by a newer version: " + member + " is not known here";
    }

    @Override
    public String remedy() {
      return "install that version here, or have the deployment authorised with this one";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** A signature is by an authority that this device does not trust. */
  record UnknownAuthority(Sha256 key) implements Refusal {
    @Override
    public String line() {
      return "the authorisation is signed by an authority not trusted here: " + key.shortForm();
    }
  }

  /**
   * A signature is by a key that a trust statement has ended, or lets begin later.
   *
   * @param authority whose it is
   * @param fault what is wrong with it, as "was revoked at ..."
   */
  record NotTrustedNow(String authority, String fault) implements Refusal {
    @Override
    public String line() {
      return "the authorisation is signed by an authority that " + fault + ": " + authority;
    }
  }

  /** A stored statement on keys is unreadable: it may have taken away what it is asked for. */
  record StatementUnreadable(String statement) implements Refusal {
    @Override
    public String line() {
      return "a stored trust statement cannot be read, and whose keys count is not known: "
          + statement;
    }

    @Override
    public String remedy() {
      return "install the version that stored it, or move the data folder away: statements in the"
          + " folder and on the broker are applied again";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** The content is not what the authority signed. */
  record BadSignature(Sha256 key) implements Refusal {
    @Override
    public String line() {
      return "the authorisation was altered after it was signed by " + key.shortForm();
    }
  }

  /** A live deployment needs more authorities. */
  record TooFewSignatures(int found, int needed) implements Refusal {
    @Override
    public String line() {
      return "a live deployment needs the signatures of "
          + needed
          + " authorities; there is "
          + found;
    }
  }

  /** It was given to another device. */
  record OtherDevice(Sha256 authorised, Sha256 here) implements Refusal {
    @Override
    public String line() {
      return "the authorisation is for device "
          + authorised.shortForm()
          + ", this is "
          + here.shortForm();
    }
  }

  /** It was given to several devices, and this is none of them. */
  record NoneOfItsDevices(int authorised, Sha256 here) implements Refusal {
    @Override
    public String line() {
      return "the authorisation is for "
          + authorised
          + " devices, and this one is not among them: "
          + here.shortForm();
    }
  }

  /** It was given to another van. */
  record OtherVan(VanId authorised, VanId here) implements Refusal {
    @Override
    public String line() {
      return "the authorisation is for van " + authorised + ", this is " + here;
    }
  }

  /** It begins later. */
  record NotYet(Instant start) implements Refusal {
    @Override
    public String line() {
      return "the authorisation begins at " + start;
    }
  }

  /** It is over. */
  record Ended(Instant end) implements Refusal {
    @Override
    public String line() {
      return "the authorisation ended at " + end;
    }
  }

  /** It was urgent, and no second authority has confirmed it in time. */
  record Lapsed(Instant at) implements Refusal {
    @Override
    public String line() {
      return "the urgent authorisation lapsed at " + at + ": no second authority has confirmed it";
    }
  }

  /** The model pack may be used in exercises alone, and this is a live deployment. */
  record PackForExercisesOnly(String pack) implements Refusal {
    @Override
    public String line() {
      return "the model pack " + pack + " is for exercises only, the authorisation is live";
    }

    @Override
    public String remedy() {
      return "name another one as modelPack";
    }
  }

  /** The device's keys lie in a file, which is for exercises, and this is a live deployment. */
  record KeyFileForExercisesOnly() implements Refusal {
    @Override
    public String line() {
      return "a live deployment needs device keys that the service manager has unsealed, not a"
          + " file";
    }

    @Override
    public String remedy() {
      return "seal them, set deviceKey to credential:NAME and let the service manager start this";
    }
  }

  /** A camera of the settings is a recording. */
  record RecordingForExercisesOnly() implements Refusal {
    @Override
    public String line() {
      return "a live deployment reads cameras, not recordings";
    }

    @Override
    public String remedy() {
      return "name the cameras of the van as sources, or have an exercise authorised";
    }
  }

  /** The broker of the settings is not one for a live deployment. */
  record BrokerForExercisesOnly() implements Refusal {
    @Override
    public String line() {
      return "a live deployment needs a broker over TLS that knows this van by a certificate";
    }

    @Override
    public String remedy() {
      return "set broker.uri to mqtts://..., broker.certificateFile and broker.keyFile";
    }
  }

  /** The release that is running has no field-test baseline. */
  record NotFieldTested() implements Refusal {
    @Override
    public String line() {
      return "a live deployment needs a release that has passed its field-test baseline, and of"
          + " this one there is none";
    }

    @Override
    public String remedy() {
      return "bring its signed baseline: sudo sightline-update baseline FILE";
    }
  }
}
