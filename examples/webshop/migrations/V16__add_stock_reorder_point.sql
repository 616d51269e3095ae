-- Below this number a product is ordered again. The default is a constant, so no row is rewritten.
-- The check holds for new rows; V17 proves it for all.
ALTER TABLE shop.stock_levels
    ADD COLUMN reorder_point integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT stock_levels_reorder_point_not_negative
        CHECK (reorder_point >= 0) NOT VALID;
