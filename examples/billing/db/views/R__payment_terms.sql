-- How long customers have, in days. The number comes from the settings of the deployment.
CREATE OR REPLACE FUNCTION payment_terms_days()
RETURNS integer
LANGUAGE sql
IMMUTABLE
AS $$ SELECT ${default_terms_days} $$;
