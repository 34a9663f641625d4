//go:build race

package pebble

// slow: with the race detector Pebble also checks itself at every step and takes
// some fifty times as long, so tests that repeat themselves do it less often.
const slow = true
