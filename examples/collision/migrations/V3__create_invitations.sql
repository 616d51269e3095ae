-- Branch "invitations".
CREATE TABLE invitations (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email       text        NOT NULL,
    expires_at  timestamptz NOT NULL
);
