package main

// line puts a text on a line of its own.
func line(s string) string { return "\n" + s }
