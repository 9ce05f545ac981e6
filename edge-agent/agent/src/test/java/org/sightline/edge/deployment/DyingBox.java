package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.store.Database;

/**
 * A process that imports two lists, one after the other, opens and closes the deployment, and
 * destroys the list; made to be killed meanwhile, at any of the {@link #STAGES} that it names as it
 * reaches them. The folder holds what a box is given.
 */
final class DyingBox {
  /** Printed when it begins, after each list, and when the list is destroyed. */
  static final List<String> STAGES = List.of("ready", "first", "second", "done");

  private DyingBox() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (DeviceKeys device = DeviceKeys.read(folder.resolve("device.key"));
        DataFolderLock lock = DataFolderLock.take(folder.resolve("data"), Duration.ZERO);
        Database database = Database.open(folder.resolve("data"))) {
      Deployments deployments = deployments(folder, device, database);
      System.out.println("ready");
      for (String version : List.of("first", "second")) {
        deployments.importList(
            lock,
            folder.resolve(version + ".json"),
            folder.resolve(version + ".bundle"),
            Box.PACK,
            Box.OFFICER,
            () -> {});
        System.out.println(version);
      }
      deployments.open(folder.resolve("second.json"), Box.PACK, Box.OFFICER);
      deployments.close(Box.OFFICER);
      deployments.finish(lock);
    }
    System.out.println("done");
  }

  static Deployments deployments(Path folder, DeviceKeys device, Database database)
      throws Exception {
    DeviceClock clock = DeviceClock.open(database, Clock.systemUTC());
    return new Deployments(
        database,
        new DeploymentSite(
            new DeploymentSite.Folders(
                folder.resolve("data"), folder.resolve("ended"), folder.resolve("list.bundle")),
            Box.VAN,
            device,
            new DeploymentSite.Protection(false, true, false, true),
            new Trust(
                database,
                List.of(AuthorityPublicKey.read(folder.resolve("authority.public"))),
                device.identity().fingerprint(),
                clock,
                new AuditLog(clock))),
        clock,
        new AuditLog(clock),
        tx -> Box.WAITING_ALERTS,
        (tx, deployment, subjects, now) -> List.of());
  }
}
