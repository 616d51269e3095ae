-- The line above the sum on every printed invoice.
CREATE OR REPLACE FUNCTION invoice_label(wanted_id bigint)
RETURNS text
LANGUAGE plpgsql
STABLE
AS $$
DECLARE
    label text;
BEGIN
    SELECT i.number || coalesce(' (' || i.legacy_reference || ')', '')
      INTO label
      FROM invoices i
     WHERE i.id = wanted_id;
    RETURN label;
END
$$;
