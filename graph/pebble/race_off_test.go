//go:build !race

package pebble

const slow = false
