-- The tables of dev.latchkey.jdbc.JdbcTokenStore, version 1, for PostgreSQL 9.5 or later. May be run again.
-- For another table name replace latchkey_token everywhere; latchkey_token_schema and latchkey_token_ended follow it.

create table if not exists latchkey_token (
    id character varying(64) primary key,    -- a digest of whose token it is
    generation bigint not null,              -- 0: nothing is stored, the row only holds a lease
    content text,                            -- encrypted, a compact JWE
    ended boolean not null default false,    -- the row may be forgotten after a day
    lease_owner text,
    lease_until timestamp with time zone,    -- by the clock of the database
    updated_at timestamp with time zone not null
);

create index if not exists latchkey_token_ended on latchkey_token (id) where ended or generation = 0;

create table if not exists latchkey_token_schema (
    id smallint primary key check (id = 1),
    version integer not null
);

insert into latchkey_token_schema (id, version) values (1, 1) on conflict do nothing;
