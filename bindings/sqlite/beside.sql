CREATE VIRTUAL TABLE plain USING fts5(body, tokenize='unicode61');
INSERT INTO plain SELECT body FROM news;
CREATE VIRTUAL TABLE terms USING fts5vocab(plain, instance);
SELECT group_concat(term, ' ') AS "the first two words of line 4" FROM (SELECT term FROM terms WHERE doc = 4 ORDER BY offset LIMIT 4);
CREATE TABLE asked(query);
INSERT INTO asked VALUES
  ('كتاب'), ('پیلوٹان'), ('124'), ('ميخواندند'), ('مدت'), ('المدرسه'), ('ههيه'), ('كیتابلار'), ('cafe'), ('kab*');
SELECT query,
  (SELECT group_concat(rowid) FROM news(query)) AS lafz,
  (SELECT group_concat(rowid) FROM plain(query)) AS unicode61
FROM asked;
