ALTER TABLE customers ADD COLUMN reminded_at timestamptz;
