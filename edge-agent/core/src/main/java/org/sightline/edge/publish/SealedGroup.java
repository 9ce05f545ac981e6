package org.sightline.edge.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;

/**
 * The group that an officer has stated, sealed so that the device of one van alone can read it, and
 * for one alert alone: neither the broker nor the control room that has sealed it can read it
 * again. Of every group it is as long.
 *
 * @param base64 of what HPKE (RFC 9180) has made of the code
 */
public record SealedGroup(String base64) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{1,128}={0,2}");

  public SealedGroup {
    if (!FORM.matcher(base64).matches()) {
      throw new IllegalArgumentException("a sealed group is base64");
    }
  }

  /** Seals a code. */
  public static SealedGroup of(String code, UUID alert, DeviceIdentity device) {
    byte[] padded =
        (code + " ".repeat(StatedGroup.LONGEST_CODE - code.length())).getBytes(US_ASCII);
    return new SealedGroup(Base64.getEncoder().encodeToString(device.seal(padded, context(alert))));
  }

  /** The code; empty if it was not sealed for this device and this alert. */
  public Optional<String> code(UUID alert, DeviceKeys device) {
    try {
      byte[] opened = device.open(Base64.getDecoder().decode(base64), context(alert));
      return Optional.of(new String(opened, US_ASCII).strip());
    } catch (CryptoException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** By which it is known again, and the group is not. */
  public Sha256 digest() {
    return Sha256.of(base64.getBytes(US_ASCII));
  }

  private static byte[] context(UUID alert) {
    return ("sightline/engagement-group/1:" + alert).getBytes(US_ASCII);
  }
}
