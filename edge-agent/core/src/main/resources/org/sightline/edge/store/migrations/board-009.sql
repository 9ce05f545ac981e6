-- Deployments of vans that were refused: what came of them is discarded here, and what still comes is not taken. The signed
-- receipt of the van stays; it holds counts alone.
CREATE TABLE discarded_deployment (
  van TEXT NOT NULL,
  deployment TEXT NOT NULL,
  receipt BLOB NOT NULL,
  PRIMARY KEY (van, deployment)
) STRICT, WITHOUT ROWID;
