BEGIN;
CREATE VIRTUAL TABLE fresh USING fts5(body, tokenize="lafz rules_version 'rules 1, key 1, model 1, Unicode 15.0.0'");
INSERT INTO fresh(rowid, body) SELECT rowid, body FROM old;
DROP TABLE old;
ALTER TABLE fresh RENAME TO old;
COMMIT;
