/// Bounds on the bytes that a request allocates, step by step and from socket to socket.
package tv.roster.allocations;
