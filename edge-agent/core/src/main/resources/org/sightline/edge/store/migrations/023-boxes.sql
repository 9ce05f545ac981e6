-- How many devices the authorisation of a deployment names; null of one that began before this was kept.
ALTER TABLE deployment ADD COLUMN boxes INTEGER;
