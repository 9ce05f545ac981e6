package org.sightline.edge.oversight;

import java.util.Collection;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * A record as its device signed it, verified.
 *
 * @param file where it is, as the user named it; for messages
 * @param bytes of the document; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record SignedPart(
    String file, byte[] bytes, Sha256 digest, SignedRecord signed, RecordFigures figures) {

  /**
   * Verifies a record.
   *
   * @param devices one of which has to have signed it
   * @throws SightlineException if none has, or it was altered since, or there are no figures in it
   */
  static SignedPart verify(String file, byte[] bytes, Collection<DeviceIdentity> devices)
      throws SightlineException {
    SignedRecord signed = signed(file, bytes, devices);
    RecordFigures figures =
        RecordFigures.read(signed.record())
            .orElseThrow(
                () ->
                    refused(
                        "the figures of the record are missing or contradict each other",
                        file,
                        "have its device sign it again"));
    return new SignedPart(file, bytes, Sha256.of(bytes), signed, figures);
  }

  private static SignedRecord signed(String file, byte[] bytes, Collection<DeviceIdentity> devices)
      throws SightlineException {
    for (DeviceIdentity device : devices) {
      Reading<SignedRecord> reading = SignedRecord.read(bytes, device);
      if (reading instanceof Reading.Signed<SignedRecord> good) {
        return good.content();
      }
      if (!(reading instanceof Reading.UnknownSigner<SignedRecord>)) {
        throw refused(
            "not a signed record, or altered since it was signed", file, "get the record again");
      }
    }
    throw refused(
        "signed by none of the devices named here",
        file,
        "name the identity file of its device, or leave the record out");
  }

  static SightlineException refused(String what, String where, String remedy) {
    return new SightlineException(ErrorKind.REFUSED, what, where, remedy);
  }

  /** The box, as it is named in messages. */
  String box() {
    return "van " + figures.use().van() + ", device " + signed.device().shortForm();
  }
}
