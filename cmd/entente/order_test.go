package main

import (
	"context"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestInOrder: whatever the workers take, results come in order and each once.
func TestInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "n")
		take := rapid.IntRange(0, 40).Draw(t, "take")
		pauses := rapid.SliceOfN(rapid.IntRange(0, 50), n, n).Draw(t, "pauses")
		want := 0
		for i, square := range inOrder(context.Background(), n, func(i int) int {
			time.Sleep(time.Duration(pauses[i]) * time.Microsecond)
			return i * i
		}) {
			if i != want || square != i*i {
				t.Fatalf("result %d = %d, want %d = %d", i, square, want, want*want)
			}
			want++
			if want == take {
				return
			}
		}
		if want != n {
			t.Fatalf("%d results, want %d", want, n)
		}
	})
}

// TestInOrderStops: nothing is yielded once the context has ended.
func TestInOrderStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for range inOrder(ctx, 1000, func(i int) int { return i }) {
		if n++; n == 3 {
			cancel()
		}
	}
	if n > 100 {
		t.Errorf("%d results after the context ended with the third", n)
	}
}
