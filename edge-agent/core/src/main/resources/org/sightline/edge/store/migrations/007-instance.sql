-- Which data folder this is: stays the same for as long as the file does, in a copy of it too.
CREATE TABLE data_folder (instance TEXT NOT NULL);
INSERT INTO data_folder VALUES (lower(hex(randomblob(16))));
