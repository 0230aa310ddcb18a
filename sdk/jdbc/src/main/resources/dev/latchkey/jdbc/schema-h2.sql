-- The tables of dev.latchkey.jdbc.JdbcTokenStore, version 1, for H2 2. May be run again.
-- For another table name replace latchkey_token everywhere; latchkey_token_schema follows it.

create table if not exists latchkey_token (
    id character varying(64) primary key,           -- a digest of whose token it is
    generation bigint not null,                     -- 0: nothing is stored, the row only holds a lease
    content character large object,                 -- encrypted, a compact JWE
    ended boolean default false not null,           -- the row may be forgotten after a day
    lease_owner character varying(1000),
    lease_until timestamp(6) with time zone,        -- by the clock of the database
    updated_at timestamp(6) with time zone not null
);

create table if not exists latchkey_token_schema (
    id smallint primary key check (id = 1),
    version integer not null
);

insert into latchkey_token_schema (id, version)
    select 1, 1 where not exists (select 1 from latchkey_token_schema);
