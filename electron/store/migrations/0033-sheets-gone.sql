-- Whether an article held tables is known from who wrote it; its text may be written in whatever form of JSON it came.
DROP TRIGGER article_with_sheets_gone;
CREATE TRIGGER article_with_sheets_gone AFTER DELETE ON articles
WHEN EXISTS (SELECT 1 FROM article_sheets WHERE article_rowid = OLD.rowid) BEGIN
  DELETE FROM article_sheets WHERE article_rowid = OLD.rowid;
  UPDATE article_sheet_changes SET n = n + 1;
END;
