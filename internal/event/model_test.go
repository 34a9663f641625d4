package event

import (
	"bytes"
	"testing"

	"github.com/entente-kg/entente/data"
	"github.com/entente-kg/entente/internal/linear"
)

// trained returns a small judge with weights.
func trained() *Judge {
	j := NewJudge(6)
	for i := range 64 {
		k := uint64(i) << 20
		example := []linear.Example{{Keys: []uint64{k}, Holds: i%3 == 0}}
		how := linear.Learning{Epochs: 3, Rate: 0.5, L2: 0.01, Seed: 1}
		j.LearnFire(example, how)
		j.LearnFill(example, how)
		j.LearnFinal(example, how)
	}
	j.LearnChoices([]linear.Choice{{Options: [][]uint64{{1 << 20}, {2 << 20}}, Right: 1}}, linear.Learning{Epochs: 3, Rate: 0.5, Seed: 1})
	j.Threshold, j.Scale, j.Shift = 0.25, 0.5, -1
	return j
}

func TestJudgeLearns(t *testing.T) {
	j := trained()
	for _, w := range j.tables()[:3] {
		if yes, no := w.Sum([]uint64{0}), w.Sum([]uint64{1 << 20}); yes <= 0 || no >= 0 {
			t.Errorf("weights of what was a claim and what was none: %v, %v", yes, no)
		}
	}
	if got := j.decide([][]uint64{{1 << 20}, {2 << 20}}); got != 1 {
		t.Errorf("decide = %d, want 1", got)
	}
}

func TestEncodeJudge(t *testing.T) {
	first := trained().Encode()
	j, err := decodeJudge(first)
	if err != nil {
		t.Fatal(err)
	}
	if j.Threshold != 0.25 || j.Scale != 0.5 || j.Shift != -1 {
		t.Errorf("threshold %v, scale %v, shift %v", j.Threshold, j.Scale, j.Shift)
	}
	if again := j.Encode(); !bytes.Equal(again, first) {
		t.Error("what is read is not what was written")
	}
	for n := range len(first) {
		if _, err := decodeJudge(first[:n]); err == nil {
			t.Fatalf("decodeJudge of %d of %d bytes: no error", n, len(first))
		}
	}
	if _, err := decodeJudge(append(first, 0)); err == nil {
		t.Error("decodeJudge of a byte too many: no error")
	}
}

// TestJudgeFile holds data/judge.model to its format.
func TestJudgeFile(t *testing.T) {
	j, err := ReadJudge(data.FS)
	if err != nil {
		t.Fatal(err)
	}
	if j.Threshold <= 0 || j.Threshold >= 1 || j.Scale <= 0 {
		t.Errorf("threshold %v, scale %v", j.Threshold, j.Scale)
	}
}

func FuzzDecodeJudge(f *testing.F) {
	f.Add(trained().Encode())
	f.Add([]byte(judgeFormat))
	f.Fuzz(func(t *testing.T, raw []byte) {
		j, err := decodeJudge(raw)
		if err != nil {
			return
		}
		j.decide([][]uint64{{1, 2}, {3}})
	})
}
