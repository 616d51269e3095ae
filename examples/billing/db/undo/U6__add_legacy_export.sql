-- Undo of V6.
-- The old accounting system keeps a list of its own.

DROP TABLE IF EXISTS
    legacy_export;
