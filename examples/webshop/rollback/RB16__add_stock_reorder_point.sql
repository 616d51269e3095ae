-- Rollback of V16, by hand: psql --single-transaction -f RB16__add_stock_reorder_point.sql
-- The alerts read the column and go with it.
SET LOCAL lock_timeout = '3s';

DROP VIEW IF EXISTS shop.stock_alerts;

ALTER TABLE shop.stock_levels
    DROP CONSTRAINT stock_levels_reorder_point_not_negative,
    DROP COLUMN reorder_point;

DELETE FROM shop.flyway_schema_history WHERE version = '16';
