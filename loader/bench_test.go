//go:build unix

package loader_test

import (
	"testing"

	"golang.org/x/sys/unix"

	entente "github.com/entente-kg/entente"
	"github.com/entente-kg/entente/internal/english"
	"github.com/entente-kg/entente/loader"
)

// BenchmarkRead reads the sample reports, from bytes to claims, and prints the
// sentences a CPU second: what else the machine does counts little.
func BenchmarkRead(b *testing.B) {
	r := newReader(b)
	sources := samples(b)
	sentences, size := 0, 0
	for _, s := range sources {
		sentences += sentencesOf(b, r, s)
		size += len(s.Data)
	}
	b.SetBytes(int64(size))
	began := cpuSeconds(b)
	for b.Loop() {
		for _, s := range sources {
			if _, err := r.Read(s, loader.Meta{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(sentences*b.N)/(cpuSeconds(b)-began), "sentences/cpu-s")
}

// sentencesOf counts the sentences of a source.
func sentencesOf(b *testing.B, r *loader.Reader, s loader.Source) int {
	reading, err := r.Read(s, loader.Meta{})
	if err != nil {
		b.Fatal(err)
	}
	model, err := english.Default()
	if err != nil {
		b.Fatal(err)
	}
	text := reading.Report.Text
	return len(model.Sentences(text, entente.Span{End: len(text)}))
}

// cpuSeconds returns the CPU time that this process has used.
func cpuSeconds(b *testing.B) float64 {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
