-- Undo of V10.
-- Export the notes first.

DROP TABLE IF EXISTS
    credit_notes;
