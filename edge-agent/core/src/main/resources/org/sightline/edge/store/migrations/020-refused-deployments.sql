-- Deployments whose urgent authorisation another authority has refused: all that came of them is discarded, and how much that
-- was stays, until and after a receipt of it is signed.
CREATE TABLE refused_deployment (
  deployment TEXT PRIMARY KEY,
  refusal_digest TEXT NOT NULL,
  signer TEXT NOT NULL,
  refused_millis INTEGER NOT NULL,
  alerts INTEGER NOT NULL,
  alerts_waiting INTEGER NOT NULL,
  outcomes INTEGER NOT NULL,
  engagements INTEGER NOT NULL,
  walks INTEGER NOT NULL,
  receipt BLOB,
  published INTEGER NOT NULL DEFAULT 0
);

-- Whatever is still under way when a refusal comes leaves nothing behind.
CREATE TRIGGER refused_outbox_event BEFORE INSERT ON outbox_event
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_alert_subject BEFORE INSERT ON alert_subject
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_alert_withdrawn BEFORE INSERT ON alert_withdrawn
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_alert_outcome BEFORE INSERT ON alert_outcome
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_engagement BEFORE INSERT ON engagement
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_engagement_count BEFORE INSERT ON engagement_count
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_engagement_group BEFORE INSERT ON engagement_group
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_signed_outcomes_only BEFORE INSERT ON signed_outcomes_only
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_subject_rise BEFORE INSERT ON subject_rise
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_withdrawal BEFORE INSERT ON withdrawal
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_withdrawn_entries BEFORE INSERT ON withdrawn_entries
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_deployment_pause BEFORE INSERT ON deployment_pause
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_walk BEFORE INSERT ON walk
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_control_list BEFORE INSERT ON control_list
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_deployment_count BEFORE INSERT ON deployment_count
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_deployment_threshold BEFORE INSERT ON deployment_threshold
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.deployment)
BEGIN SELECT RAISE(IGNORE); END;

CREATE TRIGGER refused_deployment_facts BEFORE INSERT ON deployment
WHEN EXISTS (SELECT 1 FROM refused_deployment WHERE deployment = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
