-- An invoice without a due date is never reminded.
ALTER TABLE invoices
    ALTER COLUMN due_on SET NOT NULL;

ALTER TABLE invoices ALTER COLUMN due_on SET DEFAULT current_date + 14;
