-- Two indexes over incidents that SQLite's own cannot serve. Triggers keep them; nothing else writes them.
-- 1. Full text: any three characters in a row find the incident, wherever they stand in its texts.
CREATE VIRTUAL TABLE incidents_search USING fts5(
  title, service, description, content='incidents', content_rowid='id', tokenize='trigram'
);
--> statement-breakpoint
CREATE TRIGGER incidents_search_insert AFTER INSERT ON incidents BEGIN
  INSERT INTO incidents_search (rowid, title, service, description)
  VALUES (NEW.id, NEW.title, NEW.service, NEW.description);
END;
--> statement-breakpoint
CREATE TRIGGER incidents_search_delete AFTER DELETE ON incidents BEGIN
  INSERT INTO incidents_search (incidents_search, rowid, title, service, description)
  VALUES ('delete', OLD.id, OLD.title, OLD.service, OLD.description);
END;
--> statement-breakpoint
CREATE TRIGGER incidents_search_update AFTER UPDATE OF title, service, description ON incidents
WHEN OLD.title IS NOT NEW.title COLLATE BINARY OR OLD.service IS NOT NEW.service COLLATE BINARY
  OR OLD.description IS NOT NEW.description BEGIN
  INSERT INTO incidents_search (incidents_search, rowid, title, service, description)
  VALUES ('delete', OLD.id, OLD.title, OLD.service, OLD.description);
  INSERT INTO incidents_search (rowid, title, service, description)
  VALUES (NEW.id, NEW.title, NEW.service, NEW.description);
END;
--> statement-breakpoint
-- 2. Tags: which incidents on a shelf have one, and how many.
CREATE TRIGGER incident_tags_insert AFTER INSERT ON incidents BEGIN
  INSERT INTO incident_tags (shelf, tag, incident_id) SELECT NEW.shelf, value, NEW.id FROM json_each(NEW.tags);
END;
--> statement-breakpoint
CREATE TRIGGER incident_tags_delete AFTER DELETE ON incidents BEGIN
  DELETE FROM incident_tags
  WHERE shelf = OLD.shelf AND tag IN (SELECT value FROM json_each(OLD.tags)) AND incident_id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER incident_tags_update AFTER UPDATE OF tags, archived_at, deleted_at ON incidents
WHEN OLD.tags IS NOT NEW.tags OR OLD.shelf IS NOT NEW.shelf BEGIN
  DELETE FROM incident_tags
  WHERE shelf = OLD.shelf AND tag IN (SELECT value FROM json_each(OLD.tags)) AND incident_id = OLD.id;
  INSERT INTO incident_tags (shelf, tag, incident_id) SELECT NEW.shelf, value, NEW.id FROM json_each(NEW.tags);
END;
--> statement-breakpoint
CREATE TRIGGER tag_counts_add AFTER INSERT ON incident_tags BEGIN
  INSERT INTO tag_counts (shelf, tag, incidents) VALUES (NEW.shelf, NEW.tag, 1)
  ON CONFLICT (shelf, tag) DO UPDATE SET incidents = incidents + 1;
END;
--> statement-breakpoint
CREATE TRIGGER tag_counts_subtract AFTER DELETE ON incident_tags BEGIN
  UPDATE tag_counts SET incidents = incidents - 1 WHERE shelf = OLD.shelf AND tag = OLD.tag;
  DELETE FROM tag_counts WHERE shelf = OLD.shelf AND tag = OLD.tag AND incidents = 0;
END;
