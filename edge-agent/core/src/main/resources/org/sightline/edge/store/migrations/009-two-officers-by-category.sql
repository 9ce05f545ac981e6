-- Whether the policy of an alert's category asks for two officers; the category itself stands in what is sealed.
ALTER TABLE outbox_event ADD COLUMN two_officers INTEGER NOT NULL DEFAULT 0;
