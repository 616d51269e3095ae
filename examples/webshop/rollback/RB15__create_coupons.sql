-- Rollback of V15, by hand: psql --single-transaction -f RB15__create_coupons.sql
SET LOCAL lock_timeout = '3s';

DROP TABLE shop.order_coupons;

DROP TABLE shop.coupons;

DELETE FROM shop.flyway_schema_history WHERE version = '15';
