-- Rollback of V17, by hand: psql --single-transaction -f RB17__validate_stock_reorder_point.sql
SET LOCAL lock_timeout = '3s';

ALTER TABLE shop.stock_levels
    DROP CONSTRAINT stock_levels_reorder_point_not_negative;

ALTER TABLE shop.stock_levels
    ADD CONSTRAINT stock_levels_reorder_point_not_negative
    CHECK (reorder_point >= 0) NOT VALID;

DELETE FROM shop.flyway_schema_history WHERE version = '17';
