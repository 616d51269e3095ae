-- Undo of V13.
-- The line search is slow again after this.

DROP INDEX IF EXISTS
    invoice_lines_description_idx;
