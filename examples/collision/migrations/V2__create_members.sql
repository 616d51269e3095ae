-- Who uses a plan.
CREATE TABLE members (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plan_id  bigint NOT NULL REFERENCES plans (id),
    email    text   NOT NULL
);

CREATE INDEX members_plan_id_idx ON members (plan_id);
