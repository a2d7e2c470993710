-- Audit rows and their seals are only ever added. A BEFORE INSERT trigger sees -1 for an id that SQLite will assign;
-- any other id must be the next one, which stops INSERT OR REPLACE: it deletes without firing delete triggers.
CREATE TRIGGER audit_rows_no_update BEFORE UPDATE ON audit_rows BEGIN
  SELECT RAISE(ABORT, 'audit_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_rows_no_delete BEFORE DELETE ON audit_rows BEGIN
  SELECT RAISE(ABORT, 'audit_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_rows_no_replace BEFORE INSERT ON audit_rows
WHEN NEW.id <> -1 AND NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit_rows) BEGIN
  SELECT RAISE(ABORT, 'audit_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_rows_positive AFTER INSERT ON audit_rows WHEN NEW.id < 1 BEGIN
  SELECT RAISE(ABORT, 'audit_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'audit_seals is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'audit_seals is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_replace BEFORE INSERT ON audit_seals
WHEN NEW.id <> -1 AND NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM audit_seals) BEGIN
  SELECT RAISE(ABORT, 'audit_seals is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_positive AFTER INSERT ON audit_seals WHEN NEW.id < 1 BEGIN
  SELECT RAISE(ABORT, 'audit_seals is append-only');
END;
--> statement-breakpoint
-- A second seal over the same rows, as an overlapping run makes it, is passed over; so is one that would replace it.
CREATE TRIGGER audit_seals_first_once BEFORE INSERT ON audit_seals
WHEN NEW.id = -1 AND EXISTS (SELECT 1 FROM audit_seals WHERE first_id = NEW.first_id) BEGIN
  SELECT RAISE(IGNORE);
END;
