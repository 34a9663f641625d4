package loader

import (
	"context"
	"iter"
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
		for square := range inOrder(context.Background(), numbers(n), func(i int) int {
			time.Sleep(time.Duration(pauses[i]) * time.Microsecond)
			return i * i
		}) {
			if square != want*want {
				t.Fatalf("result %d, want %d", square, want*want)
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
	for range inOrder(ctx, numbers(1000), func(i int) int { return i }) {
		if n++; n == 3 {
			cancel()
		}
	}
	if n > 100 {
		t.Errorf("%d results after the context ended with the third", n)
	}
}

func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
