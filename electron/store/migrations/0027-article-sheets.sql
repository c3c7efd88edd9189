-- Which articles hold tables (sheets), so that none of the others has to be read for them. Nothing but the key can be
-- written so in the text: within a string a quotation mark has a backslash before it.
CREATE TABLE article_sheets (article_rowid INTEGER PRIMARY KEY) STRICT;
-- How often one of them came or went: what is held in memory holds as long as this stands.
CREATE TABLE article_sheet_changes (n INTEGER NOT NULL) STRICT;
INSERT INTO article_sheet_changes VALUES (0);

CREATE TRIGGER article_with_sheets AFTER INSERT ON articles WHEN instr(NEW.article, '"sheets":[{') > 0 BEGIN
  INSERT INTO article_sheets (article_rowid) VALUES (NEW.rowid);
  UPDATE article_sheet_changes SET n = n + 1;
END;
CREATE TRIGGER article_with_sheets_gone AFTER DELETE ON articles WHEN instr(OLD.article, '"sheets":[{') > 0 BEGIN
  DELETE FROM article_sheets WHERE article_rowid = OLD.rowid;
  UPDATE article_sheet_changes SET n = n + 1;
END;

-- An older program left out the tables of the articles that it took: they are pulled again.
INSERT OR REPLACE INTO meta (key, value)
SELECT 'gathering', 'begin' FROM meta WHERE key = 'cursor' AND value <> '0';
UPDATE meta SET value = '0' WHERE key = 'cursor';
