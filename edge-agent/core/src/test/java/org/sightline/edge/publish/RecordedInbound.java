package org.sightline.edge.publish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what arrives for a van, in order. */
public class RecordedInbound implements Inbound {
  private final List<byte[]> revocations = new CopyOnWriteArrayList<>();
  private final List<byte[]> withdrawals = new CopyOnWriteArrayList<>();
  private final List<byte[]> rulings = new CopyOnWriteArrayList<>();
  private final List<byte[]> outcomes = new CopyOnWriteArrayList<>();
  private final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  private final AtomicLong tooLong = new AtomicLong();
  private volatile boolean answersTests;

  @Override
  public void revocation(byte[] document) {
    revocations.add(document);
  }

  @Override
  public void withdrawal(byte[] document) {
    withdrawals.add(document);
  }

  @Override
  public void ruling(byte[] document) {
    rulings.add(document);
  }

  @Override
  public void outcome(byte[] message) {
    outcomes.add(message);
  }

  @Override
  public void tooLong() {
    tooLong.incrementAndGet();
  }

  @Override
  public long ignored() {
    return tooLong.get();
  }

  /** The van says from now on that it answers requests for test alerts. */
  public void answerTests() {
    answersTests = true;
  }

  @Override
  public boolean answersTests() {
    return answersTests;
  }

  /** Has the van answer an outcome or engagement. */
  public void answer(Receipt receipt) {
    receipts.add(receipt);
  }

  @Override
  public List<Receipt> receipts() {
    return List.copyOf(receipts);
  }

  @Override
  public void receipted(Receipt receipt) {
    receipts.remove(receipt);
  }

  public List<byte[]> revocations() {
    return revocations;
  }

  public List<byte[]> withdrawals() {
    return withdrawals;
  }

  public List<byte[]> rulings() {
    return rulings;
  }

  public List<byte[]> outcomes() {
    return outcomes;
  }
}
