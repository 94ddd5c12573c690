/// The harness of `./roster bench`, which measures the server and PostgreSQL. Not part of the product.
package tv.roster.bench;
