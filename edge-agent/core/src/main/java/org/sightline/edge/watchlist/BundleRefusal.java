package org.sightline.edge.watchlist;

import java.time.Duration;
import java.time.Instant;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;

/** Why a watchlist bundle is not used. */
public sealed interface BundleRefusal {
  /** The reason in one line, without a full stop. */
  String line();

  /** What the reader can do about it. */
  default String remedy() {
    return "have the watchlist rebuilt for this deployment";
  }

  /** Refused as by a safeguard, unless the file cannot be used at all. */
  default ErrorKind kind() {
    return ErrorKind.REFUSED;
  }

  /** The file is missing, cannot be read, or cannot be written. */
  record Unusable(String line, String remedy) implements BundleRefusal {
    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** The file does not begin as a bundle does. */
  record NotABundle() implements BundleRefusal {
    @Override
    public String line() {
      return "not a watchlist bundle";
    }

    @Override
    public String remedy() {
      return "name a file made by: sightline watchlist build";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** The bundle is of a version that this release does not read. */
  record OtherVersion(int found, int read) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist bundle is of version " + found + ", this release reads " + read;
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** Bytes are missing at the end. */
  record Truncated(long foundBytes, long expectedBytes) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist bundle is cut short: "
          + foundBytes
          + " of at least "
          + expectedBytes
          + " bytes";
    }

    @Override
    public String remedy() {
      return "copy it again";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** A part is not what the authority signed. */
  record Altered(Part part) implements BundleRefusal {
    /** Where in the file. */
    public enum Part {
      HEADER,
      BODY,
      END
    }

    @Override
    public String line() {
      return switch (part) {
        case HEADER -> "the header of the watchlist bundle was altered";
        case BODY -> "the body of the watchlist bundle was altered";
        case END -> "there are bytes after the end of the watchlist bundle";
      };
    }

    @Override
    public String remedy() {
      return "copy it again; if that does not help, ask who handled it";
    }
  }

  /** It is signed by an authority that is not trusted here. */
  record UnknownAuthority(Sha256 key) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is signed by an authority not trusted here: " + key.shortForm();
    }
  }

  /** It is not the list that was authorised. */
  record OtherDigest(Sha256 authorised, Sha256 found) implements BundleRefusal {
    @Override
    public String line() {
      return "not the authorised watchlist: authorised is "
          + authorised.shortForm()
          + ", this is "
          + found.shortForm();
    }

    @Override
    public String remedy() {
      return "use the bundle that the authorisation was made for";
    }
  }

  /** It was encrypted to another device. */
  record OtherDevice(Sha256 listed, Sha256 here) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is for device " + listed.shortForm() + ", this is " + here.shortForm();
    }
  }

  /** It was encrypted to several devices, and this is none of them. */
  record NoneOfItsDevices(int listed, Sha256 here) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is for "
          + listed
          + " devices, and this one is not among them: "
          + here.shortForm();
    }
  }

  /** It was made for another deployment. */
  record OtherDeployment(DeploymentId listed, DeploymentId here) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is for deployment " + listed + ", this is " + here;
    }
  }

  /** Its templates are of a model pack that is not in use here. */
  record OtherModelPack(String listed, int listedVersion, String here, int hereVersion)
      implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is for model pack "
          + listed
          + " version "
          + listedVersion
          + ", in use is "
          + here
          + " version "
          + hereVersion;
    }
  }

  /** It was made too long before the deployment starts. */
  record TooOld(Instant created, Instant captureStart, Duration maximumAge)
      implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist was made at "
          + created
          + ", more than "
          + maximumAge
          + " before the deployment starts at "
          + captureStart;
    }
  }

  /** A later list of this deployment has been seen here. */
  record LowerVersion(long found, long seen) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist is version "
          + found
          + ", version "
          + seen
          + " of this deployment has been here already";
    }

    @Override
    public String remedy() {
      return "use the latest list";
    }
  }

  /** Its time is over. */
  record Expired(Instant at) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist expired at " + at;
    }
  }

  /**
   * The rules of its categories are not within what was authorised.
   *
   * @param line what is not, in one line
   */
  record NotAuthorised(String line) implements BundleRefusal {
    @Override
    public String remedy() {
      return "have the list built again within what is authorised, or another one authorised";
    }
  }

  /** Its signed content breaks a rule of the format. */
  record Malformed(String rule) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist bundle breaks a rule: " + rule;
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** Its header says more than this version understands, which may be a rule to be kept. */
  record NewerVersion(String member) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist bundle was made by a newer version: " + member + " is not known here";
    }

    @Override
    public String remedy() {
      return "install that version here, or build the list with this one";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }

  /** The list kept on this device cannot be opened whole. */
  record AtRest(String part) implements BundleRefusal {
    @Override
    public String line() {
      return "the watchlist kept here cannot be opened: " + part + " was altered or is missing";
    }

    @Override
    public String remedy() {
      return "import it again";
    }

    @Override
    public ErrorKind kind() {
      return ErrorKind.UNUSABLE_INPUT;
    }
  }
}
