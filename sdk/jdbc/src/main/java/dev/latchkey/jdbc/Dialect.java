package dev.latchkey.jdbc;

import java.util.Arrays;

/** What differs between databases: their name, the file with the tables, how a row is put and a lease taken and given back. */
enum Dialect {
    /**
     * Looks before it takes a lease that somebody has: on conflict, PostgreSQL locks the row even where it changes nothing, which
     * is a write that waits for the disk, and holds up whoever has the lease. Giving one back does not wait for the disk: should a
     * crash of the database undo that, the lease still ends by itself.
     */
    POSTGRESQL("PostgreSQL", """
            insert into %s as present (id, generation, content, ended, updated_at)
            values (?, ?, ?, ?, current_timestamp)
            on conflict (id) do update
            set generation = excluded.generation, content = excluded.content, ended = excluded.ended,
                updated_at = excluded.updated_at
            where present.generation = 0""", """
            insert into %s as present (id, generation, lease_owner, lease_until, updated_at)
            select wanted.id, 0, wanted.owner, current_timestamp + wanted.life * interval '0.001' second, current_timestamp
            from (values (cast(? as varchar), cast(? as varchar), cast(? as bigint))) as wanted (id, owner, life)
            where not exists (
                select 1 from %s held
                where held.id = wanted.id and held.lease_owner <> wanted.owner and held.lease_until > current_timestamp)
            on conflict (id) do update
            set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
            where present.lease_owner is null or present.lease_owner = excluded.lease_owner
                or present.lease_until <= current_timestamp""", """
            update %s set lease_owner = null, lease_until = null
            where id = ? and lease_owner = ? and set_config('synchronous_commit', 'off', true) is not null"""),

    H2("H2", """
            merge into %s present
            using (values (cast(? as varchar), cast(? as bigint), cast(? as clob), cast(? as boolean)))
                as next (id, generation, content, ended)
            on present.id = next.id
            when matched and present.generation = 0 then update
                set generation = next.generation, content = next.content, ended = next.ended,
                    updated_at = current_timestamp
            when not matched then insert (id, generation, content, ended, updated_at)
                values (next.id, next.generation, next.content, next.ended, current_timestamp)""", """
            merge into %s present
            using (values (cast(? as varchar), cast(? as varchar), cast(? as bigint))) as next (id, owner, life)
            on present.id = next.id
            when matched and (present.lease_owner is null or present.lease_owner = next.owner
                    or present.lease_until <= current_timestamp) then update
                set lease_owner = next.owner,
                    lease_until = dateadd(millisecond, next.life, current_timestamp)
            when not matched then insert (id, generation, lease_owner, lease_until, updated_at)
                values (next.id, 0, next.owner, dateadd(millisecond, next.life, current_timestamp), current_timestamp)""", """
            update %s set lease_owner = null, lease_until = null where id = ? and lease_owner = ?""");

    private final String product;
    private final String put;
    private final String lease;
    private final String release;

    Dialect(String product, String put, String lease, String release) {
        this.product = product;
        this.put = put;
        this.lease = lease;
        this.release = release;
    }

    static Dialect of(String product) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.product.equals(product))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dataSource: it leads to the database " + product
                        + "; the store knows PostgreSQL and H2. For another one, write a TokenStore of your own."));
    }

    /**
     * H2 waits out its lock time-out where snapshots conflict, so it is kept from using any; PostgreSQL says so at once, and
     * the statement is run again.
     */
    Database database(Database plain) {
        return this == H2 ? plain.withReadCommitted() : plain;
    }

    /** Writes a first state: id, generation, content, ended. */
    String put(TableName table) {
        return put.replace("%s", table.toString());
    }

    /** Takes a lease: id, owner, life in milliseconds. */
    String lease(TableName table) {
        return lease.replace("%s", table.toString());
    }

    /** Gives a lease back: id, owner. */
    String release(TableName table) {
        return release.replace("%s", table.toString());
    }

    /** The file with the tables, beside this class. */
    String schemaFile() {
        return this == POSTGRESQL ? "schema-postgresql.sql" : "schema-h2.sql";
    }
}
