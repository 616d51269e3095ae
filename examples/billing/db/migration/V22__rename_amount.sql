-- "amount" was read as gross by half of the team.
ALTER TABLE invoices
    RENAME COLUMN amount TO net_amount;

ALTER TABLE webhook_log RENAME TO provider_events;
