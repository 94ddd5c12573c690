/// What a PostgreSQL that is distributed by tenant asks of the statements and of the schema.
package tv.roster.distribution;
