/// Measures the server and PostgreSQL beside it: what `./roster bench` runs. Not part of the product.
package tv.roster.bench;
