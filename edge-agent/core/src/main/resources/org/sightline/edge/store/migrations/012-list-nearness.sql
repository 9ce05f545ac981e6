-- How much the people on the list of a deployment resemble each other in general, and those of the lists
-- that its threshold was measured on; null where the list is too short for it, and before this was kept.
ALTER TABLE deployment ADD COLUMN mean_nearness REAL;
ALTER TABLE deployment ADD COLUMN usual_nearness REAL;
